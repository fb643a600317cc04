// Prints what each server audit of graphql-http says of the endpoint: {"id name": null | reason}.
import { serverAudits } from "graphql-http";

const said = {};
for (const audit of serverAudits({ url: process.argv[2] })) {
  const result = await audit.fn();
  said[`${audit.id} ${audit.name}`] = result.status === "ok" ? null : result.reason;
}
console.log(JSON.stringify(said));
