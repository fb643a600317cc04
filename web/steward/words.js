// English and Chinese. Names of fields and values come from the descriptions in the schema, which
// are in both languages; the sentences of the page are here.
const CHINESE = /[\u4e00-\u9fff][\u4e00-\u9fff（），、]*/;

const SENTENCES = {
  title: ["Stewards' desk", "数据管理工作台"],
  queue: ["Queue", "待判定"],
  history: ["History", "历史"],
  conflicts: ["Conflicts", "数据冲突"],
  language: ["中文", "English"],
  forget: ["Forget the key", "清除密钥"],
  keyTitle: ["Your steward's key", "数据管理员密钥"],
  keyLabel: ["API key", "API 密钥"],
  keyEnter: ["Begin", "开始"],
  keyHow: ["It is made on the hub's machine with", "在数据中心所在机器上生成："],
  keyKept: [
    "It is kept in this tab until the tab is closed, and nowhere else.",
    "密钥只保存在本标签页中，关闭后即清除，不存于他处。",
  ],
  loading: ["Loading …", "正在载入……"],
  retry: ["Try again", "重试"],
  today: ["Today", "今日"],
  waiting: ["waiting", "待判定"],
  SAME: ["Same", "同一"],
  DIFFERENT: ["Different", "不同"],
  UNSURE: ["Later", "稍后"],
  undo: ["Undo", "撤销"],
  noPairs: ["No doubtful pair waits.", "没有待判定的记录对。"],
  noPairsHow: [
    "The command hub link looks for new ones; conflicts may still wait.",
    "可运行 hub link 命令查找新的记录对；也可处理数据冲突。",
  ],
  noHistory: ["Nothing has been decided yet.", "尚无判定。"],
  noConflicts: ["No records disagree.", "各来源数据一致，没有冲突。"],
  value: ["value", "价值"],
  field: ["Field", "字段"],
  evidence: ["Evidence", "证据"],
  evidenceHow: [
    "In bits: each bit to the right doubles the odds that they are one; each to the left halves them.",
    "单位为比特：向右每一比特，同一的可能性加倍；向左每一比特，减半。",
  ],
  prior: ["Before comparing", "比对之前"],
  total: ["Together", "合计"],
  probability: ["probability that they are one", "同一概率"],
  EQUAL: ["equal", "一致"],
  CLOSE: ["close", "相近"],
  UNEQUAL: ["different", "不同"],
  MISSING: ["one side only", "一方缺失"],
  keys: ["Keys", "按键"],
  choose: ["choose a pair", "选择记录对"],
  decided: ["Decided:", "已判定："],
  takeBack: ["U takes it back.", "按 U 撤销。"],
  takenBack: ["Taken back.", "已撤销。"],
  nothingToUndo: ["Nothing of this visit is left to undo.", "本次没有可撤销的操作。"],
  pinned: ["Pinned.", "已固定。"],
  released: ["Released.", "已解除固定。"],
  withdrawn: ["withdrawn", "已撤回"],
  superseded: ["superseded", "已被取代"],
  withdraw: ["Withdraw", "撤回"],
  pin: ["Pin", "固定"],
  pinOther: ["Another value", "其他值"],
  pins: ["Pinned values", "已固定的值"],
  noPins: ["No value is pinned.", "没有固定的值。"],
  release: ["Release", "解除固定"],
  restricted: ["restricted or empty", "受限或为空"],
  hidden: ["restricted", "受限"],
  by: ["by", "—"],
  more: ["Shown first:", "先显示："],
  UNAUTHENTICATED: [
    "This key is unknown or revoked. Type it again, or have a new one made.",
    "密钥未知或已吊销。请重新输入，或申请新密钥。",
  ],
  FORBIDDEN: [
    "This key is no steward's: it cannot decide. Have one made with --steward.",
    "此密钥不是数据管理员密钥，不能判定。请用 --steward 生成。",
  ],
  NETWORK: [
    "The hub does not answer. Is it running? Then try again.",
    "数据中心没有响应。请确认其正在运行，然后重试。",
  ],
  ALREADY_DECIDED: [
    "Another steward was faster: it is decided already. The page shows what stands.",
    "其他管理员已先作出判定。页面已更新。",
  ],
};
const KINDS = {
  DEPUTY: ["Person", "人员"],
  HOME: ["Home", "代表之家"],
  STATION: ["Station", "联络站"],
  GROUP: ["Group", "代表小组"],
  HANDLING_BODY: ["Handling body", "承办单位"],
  Person: ["Person", "人员"],
  Deputy: ["Mandate", "代表职务"],
  DeputyHome: ["Home", "代表之家"],
  LiaisonStation: ["Station", "联络站"],
  DeputyGroup: ["Group", "代表小组"],
  HandlingBody: ["Handling body", "承办单位"],
};
/** Fields of the evidence that no record and no type has, or that have another name there. */
const OTHERS = {
  name: ["Name", "姓名（名称）"],
  numbers: ["Numbers in the name", "名称中的序号"],
  division: ["Division", "行政区划"],
  town: ["Town", "乡镇"],
  village: ["Village", "村（社区）"],
  together: ["Kin and colleagues", "亲属同事共有"],
  limit: ["Not by score alone", "不自动合并"],
};
const TYPES = {
  DEPUTY: ["Person", "Deputy"],
  HOME: ["DeputyHome"],
  STATION: ["LiaisonStation"],
  GROUP: ["DeputyGroup"],
  HANDLING_BODY: ["HandlingBody"],
};
const LANGUAGES = ["en", "zh-CN"];
const KEPT_AS = "steward-language";

let language = readLanguage();
const fields = {};
const values = {};

function readLanguage() {
  const wanted = localStorage.getItem(KEPT_AS) || navigator.language;
  return wanted.startsWith("zh") ? 1 : 0;
}

/** Show the page in the other language from now on. */
export function switchLanguage() {
  language = 1 - language;
  localStorage.setItem(KEPT_AS, LANGUAGES[language]);
}

/** The language that is shown, as a BCP 47 tag. */
export function languageTag() {
  return LANGUAGES[language];
}

/** A sentence of the page. */
export function say(name) {
  return SENTENCES[name][language];
}

/** What to do about an error; the hub's own sentence where the page has none. */
export function sayError(error) {
  return error.code in SENTENCES ? say(error.code) : `${error.code}: ${error.message}`;
}

/** The name of a kind of record, or of a type. */
export function sayKind(kind) {
  return kind in KINDS ? KINDS[kind][language] : kind;
}

/** The part of a text of the hub, `Name 姓名`, that is in the language shown. */
export function sayBoth(text) {
  const [chinese] = text.match(CHINESE) || [text];
  return language ? chinese : text.split(CHINESE)[0].trim() || text;
}

/** The name of a field: `employerAndPost` is Employer and post, 工作单位及职务. */
export function sayField(name) {
  if (name in OTHERS) return OTHERS[name][language];
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (language && fields[name]) return sayBoth(fields[name]);
  return spaced[0].toUpperCase() + spaced.slice(1);
}

/** A value of a field of a kind of record, or of a type; null is a dash. */
export function sayValue(kind, field, value) {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) {
    return value.map((item) => sayValue(kind, field, item)).join("；") || "–";
  }
  if (typeof value === "object") return JSON.stringify(value);
  const described = (TYPES[kind] || [kind])
    .map((type) => values[`${type}.${field}.${value}`])
    .find(Boolean);
  return described ? sayBoth(described) : String(value);
}

/** What stands for a value that was compared and is not shown. */
export function sayHidden(field) {
  return field in OTHERS ? "–" : say("hidden");
}

/** A moment as the language writes it. */
export function sayTime(moment) {
  const style = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(languageTag(), style).format(new Date(moment));
}

/** Take the names of fields and values from what the schema says of types. */
export function learn(types) {
  for (const [alias, type] of Object.entries(types).filter(([, type]) => type)) {
    for (const field of type.inputFields || type.fields) {
      fields[field.name] = fields[field.name] || field.description;
      if (field.type) learnValues(alias.replace("golden", ""), field);
    }
  }
}

function learnValues(owner, { name, type }) {
  for (const item of type.enumValues || (type.ofType && type.ofType.enumValues) || []) {
    values[`${owner}.${name}.${item.name}`] = item.description;
  }
}
