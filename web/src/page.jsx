import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { post } from "./fetcher.js";
import "./page.css";
import { storage } from "./storage.js";

const plugins = [explorerPlugin()];

// EXAMPLES is put in by the build from examples/*.graphql.
createRoot(document.getElementById("page")).render(
  <GraphiQL
    fetcher={post}
    storage={storage}
    plugins={plugins}
    defaultTabs={EXAMPLES}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <span lang="zh-CN">人大数据枢纽</span> Congress data hub
    </GraphiQL.Logo>
  </GraphiQL>,
);
