#include "liantu/ingest/cells/fields.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <initializer_list>
#include <map>
#include <utility>

#include "base/core/hash_map.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/graph/kind_text.hpp"

namespace liantu {
namespace {

// The lists of words, by name.
constexpr std::string_view kHeadings =
#include "ingest/cells/headings.inc"
    ;

using Names = std::vector<std::string_view>;

const std::map<std::string_view, Names>& heading_lists() {
  static const std::map<std::string_view, Names> all = [] {
    std::map<std::string_view, Names> lists;
    Names* list = nullptr;
    for (std::string_view rest = kHeadings; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty() || line.front() == '#') continue;
      bool first = line.front() != ' ';
      for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        if (const std::string_view word = line.substr(at, end - at); !word.empty()) {
          if (std::exchange(first, false)) {
            list = &lists[word];
          } else {
            list->push_back(word);
          }
        }
        at = end + 1;
      }
    }
    return lists;
  }();
  return all;
}

Field field(std::string_view key, FieldType type, std::string_view list, Text meaning,
            bool required = false) {
  assert(heading_lists().contains(list));
  return {key, type, required, heading_lists().at(list), std::move(meaning), {}};
}

// A number in a unit of its own.
Field quantity(std::string_view key, std::string_view unit, std::string_view list, Text meaning) {
  Field made = field(key, FieldType::Number, list, std::move(meaning));
  made.unit = unit;
  return made;
}

void add_provenance(std::vector<Field>& list) {
  list.push_back(field("source", FieldType::Text, "source", {"where the row comes from", "来源"}));
  list.push_back(field("as_of", FieldType::Date, "as_of", {"date of observation", "数据日期"}));
  list.push_back(field("since", FieldType::Date, "since", {"first day", "起始日期"}));
  list.push_back(field("until", FieldType::Date, "until", {"last day", "截止日期"}));
  list.push_back(field("confidence", FieldType::Share, "confidence",
                       {"confidence, 0 to 1", "置信度（0 至 1）"}));
  list.push_back(field("basis", FieldType::Basis, "basis",
                       {"stated, counted, estimated or inferred", "明示、计数、估算或推断"}));
}

std::vector<Field> firm_fields() {
  using enum FieldType;
  return {
      field("name", Name, "firm_name", {"registered name", "企业名称"}, true),
      field("credit_code", Code, "credit_code", {"unified social credit code", "统一社会信用代码"}),
      field("region", Region, "region",
            {"region code (GB/T 2260) or name", "行政区划代码（GB/T 2260）或名称"}),
      field("province", Text, "province", {"province", "省"}),
      field("city", Text, "city", {"city", "市"}),
      field("district", Text, "district", {"district or county", "区县"}),
      field("address", Text, "address", {"registered address", "住所"}),
      field("status", Text, "status", {"registration status", "登记状态"}),
      field("type", Text, "type", {"legal form", "企业类型"}),
      field("founded", Date, "founded", {"date of foundation", "成立日期"}),
      field("registered_capital", Money, "capital", {"registered capital, CNY", "注册资本（元）"}),
      field("revenue", Money, "revenue", {"revenue, CNY per year", "营业收入（元/年）"}),
      field("tax", Money, "tax", {"tax paid, CNY per year", "纳税额（元/年）"}),
      field("value_added", Money, "value_added", {"value added, CNY per year", "增加值（元/年）"}),
      quantity("staff", "人", "staff", {"staff, heads", "从业人数（人）"}),
      field("research", Money, "research", {"R&D spending, CNY per year", "研发投入（元/年）"}),
      quantity("energy", "吨标准煤", "energy",
               {"energy, tonnes of coal equivalent per year", "能耗（吨标准煤/年）"}),
      quantity("electricity", "千瓦时", "electricity",
               {"electricity, kWh per year", "用电量（千瓦时/年）"}),
      quantity("emission", "吨", "emission", {"emission, tonnes per year", "排放（吨/年）"}),
      quantity("land", "亩", "land", {"land, mu", "用地（亩）"}),
      quantity("floor_space", "平方米", "floor_space",
               {"floor space, square metres", "建筑面积（平方米）"}),
      field("plot_ratio", Number, "plot_ratio", {"plot ratio", "容积率"}),
      field("scope", Text, "scope", {"registered business scope", "经营范围"}),
      field("industry", Text, "industry",
            {"main industry, code or name of GB/T 4754", "主要行业（GB/T 4754 代码或名称）"}),
      field("tags", List, "tags", {"tags: listed, 专精特新 …", "标签：上市、专精特新……"}),
      field("risks", List, "risks", {"risk flags", "风险标志"}),
      field("anchor", Flag, "anchor", {"whether it is an anchor firm", "是否龙头企业"}),
      field("aliases", List, "aliases", {"other names", "别名、简称"}),
      field("key", Text, "key", {"id used by the source", "来源编号"}),
      field("products", List, "products", {"what it makes, a list of segments", "主营产品"}),
      field("registration_number", Code, "registration_number",
            {"registration number, 15 digits", "工商注册号（15 位）"}),
      field("organization_code", Code, "organization_code",
            {"organisation code, 9 characters", "组织机构代码（9 位）"}),
      field("industry_name", Text, "industry_name",
            {"name of the main industry, held against its code", "主要行业名称，与代码互相核对"}),
      field("head_office", Text, "head_office",
            {"of a branch: name or code of the firm it belongs to",
             "分支机构所隶属的企业：名称或代码"}),
  };
}

std::vector<Field> entity_fields(EntityKind kind) {
  using enum FieldType;
  switch (kind) {
    case EntityKind::Firm:
      return firm_fields();
    case EntityKind::Segment:
      return {field("name", Name, "segment_name", {"segment", "环节名称"}, true),
              field("parent", Text, "parent", {"segment it is part of", "上级环节"}),
              field("type", Text, "segment_type",
                    {"product, service, industry or chain", "产品、服务、行业或产业链"}),
              field("aliases", List, "aliases", {"other names", "别名"}),
              field("code", Text, "segment_code", {"industry or product code", "行业或产品代码"}),
              field("key", Text, "key", {"id used by the source", "来源编号"})};
    case EntityKind::Person:
      return {field("name", Name, "person_name", {"name", "姓名"}, true),
              field("key", Text, "key", {"id used by the source", "来源编号"})};
    case EntityKind::Organization:
      return {
          field("name", Name, "organization_name", {"name", "名称"}, true),
          field("type", Text, "type",
                {"office, chamber, alumni, park, task force", "驻点办、商会、校友会、园区、专班"}),
          field("region", Region, "region", {"where it sits", "所在地区"}),
          field("key", Text, "key", {"id used by the source", "来源编号"})};
    case EntityKind::Site:
      return {field("name", Name, "site_name", {"name", "地块名称"}, true),
              field("region", Region, "region", {"where it lies", "所在地区"}),
              quantity("land", "亩", "land", {"area, mu", "面积（亩）"}),
              field("plot_ratio", Number, "plot_ratio", {"plot ratio", "容积率"}),
              quantity("floor_space", "平方米", "floor_space",
                       {"floor space, square metres", "建筑面积（平方米）"}),
              field("address", Text, "address", {"address", "地址"}),
              field("key", Text, "key", {"id used by the source", "来源编号"})};
  }
  return {};
}

std::vector<Field> relation_fields(RelationKind kind) {
  using enum FieldType;
  switch (kind) {
    case RelationKind::Supplies:
      return {field("from", Name, "supplier", {"supplier", "供应商"}, true),
              field("to", Name, "customer", {"customer", "客户"}, true),
              field("segment", Text, "about", {"what is supplied", "所供环节"}),
              field("amount", Money, "amount", {"amount, CNY per year", "金额（元/年）"}),
              field("share", Share, "supply_share",
                    {"share of the customer's purchases", "占客户采购比重"})};
    case RelationKind::Makes:
      return {field("from", Name, "maker", {"firm", "企业"}, true),
              field("to", Name, "made", {"segment it makes", "环节"}, true),
              field("amount", Money, "output", {"output, CNY per year", "产值（元/年）"}),
              field("share", Share, "revenue_share", {"share of its revenue", "占营收比重"})};
    case RelationKind::Trades:
      return {field("from", Name, "maker", {"firm", "企业"}, true),
              field("to", Name, "made", {"segment it trades", "环节"}, true),
              field("share", Share, "revenue_share", {"share of its revenue", "占营收比重"})};
    case RelationKind::Requires:
      return {field("from", Name, "product", {"product", "产品"}, true),
              field("to", Name, "input", {"its input", "投入品"}, true),
              field("coefficient", Number, "coefficient",
                    {"CNY of input per CNY of output", "投入系数（元/元）"}),
              field("substitutability", Share, "substitutability",
                    {"substitutability, 0 to 1", "可替代性（0 至 1）"}),
              field("import_share", Share, "import_share",
                    {"imported part of the input, 0 to 1", "投入中进口所占份额（0 至 1）"}),
              field("quantity", Number, "quantity",
                    {"bill of materials: units of the input in one unit of the product",
                     "物料清单：每单位产品的用量"}),
              field("unit_price", Money, "unit_price",
                    {"bill of materials: price of a unit of the input, CNY",
                     "物料清单：投入品单价（元）"}),
              field("product_price", Money, "product_price",
                    {"bill of materials: price of a unit of the product, CNY; once a product is "
                     "enough",
                     "物料清单：产品单价（元），每种产品写一次即可"}),
              field("quantity_unit", Text, "quantity_unit",
                    {"bill of materials: unit of the quantity", "物料清单：用量单位"}),
              field("price_unit", Text, "price_unit",
                    {"bill of materials: unit that the price is of", "物料清单：计价单位"})};
    case RelationKind::PartOf:
      return {field("from", Name, "child", {"segment", "环节"}, true),
              field("to", Name, "of", {"segment it is part of", "上级环节"}, true)};
    case RelationKind::Owns:
      return {field("from", Name, "owner", {"owner, a firm or a person", "股东"}, true),
              field("to", Name, "owned", {"firm owned", "被投企业"}, true),
              field("share", Share, "equity", {"share of equity", "持股比例"})};
    case RelationKind::Serves:
      return {field("from", Name, "serving", {"person", "人员"}, true),
              field("to", Name, "served", {"firm", "企业"}, true),
              field("detail", Text, "role", {"role", "职务"})};
    case RelationKind::MemberOf:
      return {field("from", Name, "member", {"member, a firm or a person", "成员"}, true),
              field("to", Name, "joined", {"organization", "组织"}, true)};
    case RelationKind::Cooperates:
      return {field("from", Name, "partner_a", {"one firm", "企业甲"}, true),
              field("to", Name, "partner_b", {"the other firm", "企业乙"}, true),
              field("detail", Text, "cooperation", {"kind of cooperation", "合作类型"})};
    case RelationKind::StandsOn:
      return {field("from", Name, "standing", {"firm", "企业"}, true),
              field("to", Name, "stands_on", {"site", "地块"}, true)};
  }
  return {};
}

constexpr std::size_t kMeaningCount = kEntityKinds.size() + kRelationKinds.size() + 1;

std::size_t meaning_index(const TableMeaning& meaning) {
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) {
    return static_cast<std::size_t>(*entity);
  }
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) {
    return kEntityKinds.size() + static_cast<std::size_t>(*relation);
  }
  return kMeaningCount - 1;
}

struct Catalogue {
  std::vector<TableMeaning> meanings;
  std::array<std::vector<Field>, kMeaningCount> fields;
};

const Catalogue& catalogue() {
  static const Catalogue all = [] {
    Catalogue c;
    for (const EntityKind kind : kEntityKinds) {
      c.meanings.emplace_back(kind);
      c.fields[meaning_index(kind)] = entity_fields(kind);
    }
    for (const RelationKind kind : kRelationKinds) {
      c.meanings.emplace_back(kind);
      c.fields[meaning_index(kind)] = relation_fields(kind);
    }
    c.meanings.emplace_back(Covers{});
    c.fields[meaning_index(Covers{})] = {
        field("from", FieldType::Name, "covering", {"organization", "组织"}, true),
        field("region", FieldType::Region, "region", {"region it works in", "负责地区"}, true)};
    for (auto& list : c.fields) add_provenance(list);
    return c;
  }();
  return all;
}

// What the name of a table's file says, beside the words for relations.
struct Stem {
  std::string_view stem;
  TableMeaning meaning;
};

const std::vector<Stem>& stems() {
  static const std::vector<Stem> all = {
      {"firms", EntityKind::Firm},
      {"企业", EntityKind::Firm},
      {"企业名录", EntityKind::Firm},
      {"segments", EntityKind::Segment},
      {"环节", EntityKind::Segment},
      {"persons", EntityKind::Person},
      {"人员", EntityKind::Person},
      {"organizations", EntityKind::Organization},
      {"组织", EntityKind::Organization},
      {"sites", EntityKind::Site},
      {"地块", EntityKind::Site},
      {"covers", Covers{}},
      {"负责", Covers{}},
  };
  return all;
}

// What units of one kind measure can be turned into each other.
enum class Measure : std::uint8_t { Money, Area, Energy, Electricity, Mass, Heads, Firms, Share };

struct Unit {
  std::string_view text;
  Measure measure;
  double size;  // in the first unit of its measure
};

constexpr double kMu = 2000.0 / 3;  // m²

constexpr Unit kUnits[] = {{"元", Measure::Money, 1},
                           {"万元", Measure::Money, 1e4},
                           {"百万元", Measure::Money, 1e6},
                           {"亿元", Measure::Money, 1e8},
                           {"千元", Measure::Money, 1e3},
                           {"万人民币", Measure::Money, 1e4},
                           {"人民币万元", Measure::Money, 1e4},
                           {"万", Measure::Money, 1e4},
                           {"亿", Measure::Money, 1e8},
                           {"cny", Measure::Money, 1},
                           {"cny/year", Measure::Money, 1},
                           {"平方米", Measure::Area, 1},
                           {"㎡", Measure::Area, 1},
                           {"m2", Measure::Area, 1},
                           {"平米", Measure::Area, 1},
                           {"万平方米", Measure::Area, 1e4},
                           {"万㎡", Measure::Area, 1e4},
                           {"万m2", Measure::Area, 1e4},
                           {"公顷", Measure::Area, 1e4},
                           {"平方公里", Measure::Area, 1e6},
                           {"亩", Measure::Area, kMu},
                           {"万亩", Measure::Area, kMu * 1e4},
                           {"mu", Measure::Area, kMu},
                           {"吨标准煤", Measure::Energy, 1},
                           {"吨标煤", Measure::Energy, 1},
                           {"tce", Measure::Energy, 1},
                           {"万吨标准煤", Measure::Energy, 1e4},
                           {"万吨标煤", Measure::Energy, 1e4},
                           {"千克标准煤", Measure::Energy, 1e-3},
                           {"千瓦时", Measure::Electricity, 1},
                           {"kwh", Measure::Electricity, 1},
                           {"kw·h", Measure::Electricity, 1},
                           {"度", Measure::Electricity, 1},
                           {"万千瓦时", Measure::Electricity, 1e4},
                           {"万度", Measure::Electricity, 1e4},
                           {"万kwh", Measure::Electricity, 1e4},
                           {"亿千瓦时", Measure::Electricity, 1e8},
                           {"兆瓦时", Measure::Electricity, 1e3},
                           {"mwh", Measure::Electricity, 1e3},
                           {"吨", Measure::Mass, 1},
                           {"万吨", Measure::Mass, 1e4},
                           {"千克", Measure::Mass, 1e-3},
                           {"公斤", Measure::Mass, 1e-3},
                           {"人", Measure::Heads, 1},
                           {"个人", Measure::Heads, 1},
                           {"名", Measure::Heads, 1},
                           {"万人", Measure::Heads, 1e4},
                           {"家", Measure::Firms, 1},
                           {"%", Measure::Share, 0.01},
                           {"‰", Measure::Share, 0.001}};

// A unit of the list, a year behind it left out; null when it is none.
const Unit* find_unit(std::string_view words) {
  for (const std::string_view year : {"/年", "/year", "/a"}) {
    if (words.ends_with(year) && words != "cny/year") words.remove_suffix(year.size());
  }
  const auto* const found = std::ranges::find(kUnits, words, &Unit::text);
  return found == std::end(kUnits) ? nullptr : found;
}

constexpr std::string_view kUnitWords[] = {"计量单位:", "金额单位:", "货币单位:", "单位:", "unit:",
                                           "计量单位",  "金额单位",  "单位",      "unit"};

// The unit that the words are, 单位: before it and 含税 behind it taken off; nothing when they are
// none.
std::optional<Heading> unit_of(std::string_view words) {
  for (const std::string_view word : kUnitWords) {
    if (!words.starts_with(word)) continue;
    words.remove_prefix(word.size());
    break;
  }
  words = words.substr(0, words.find(','));
  if (const Unit* unit = find_unit(words); unit != nullptr) {
    // Of areas and the like only a field says what they are turned into, see unit_factor().
    const bool plain = unit->measure == Measure::Money || unit->measure == Measure::Share;
    return Heading{{}, plain ? unit->size : 1, std::string(words), {}};
  }
  if (words.ends_with("/年")) words.remove_suffix(std::string_view("/年").size());
  return read_money_unit(words);
}

// Whether a list of headings has the word.
bool is_listed(std::string_view word) {
  static const HashSet<std::string_view> all = [] {
    HashSet<std::string_view> words;
    for (const auto& [name, list] : heading_lists()) {
      for (const std::string_view one : list) words.insert(one);
    }
    return words;
  }();
  return all.contains(word);
}

// The unit of 营业收入万元, 营业收入:万元 and 营业收入-万元, and where it begins; only behind a heading
// that is known without it and not with it.
std::optional<Heading> unit_behind_heading(std::string_view name, std::size_t& bare) {
  if (is_listed(name)) return std::nullopt;
  const Unit* best = nullptr;
  for (const Unit& unit : kUnits) {
    if (!name.ends_with(unit.text) || name.size() == unit.text.size()) continue;
    std::string_view heading = name.substr(0, name.size() - unit.text.size());
    const std::size_t whole = heading.size();
    while (!heading.empty() &&
           std::string_view(":,-_·").find(heading.back()) != std::string_view::npos) {
      heading.remove_suffix(1);
    }
    // 企业家 is not a number of firms.
    const bool parted = heading.size() < whole;
    const bool counts = unit.measure == Measure::Heads || unit.measure == Measure::Firms;
    if (std::ranges::find(kUnitWords, heading) != std::end(kUnitWords)) continue;  // 单位:万元
    if ((counts && !parted) || !is_listed(read_heading_year(heading).name)) continue;
    if (best != nullptr && best->text.size() >= unit.text.size()) continue;
    best = &unit;
    bare = heading.size();
  }
  return best == nullptr ? std::nullopt : unit_of(best->text);
}

struct Brackets {
  std::string_view open;
  std::string_view close;
};

// Takes the unit at the end of a heading off.
bool take_unit(Heading& heading) {
  constexpr Brackets kBrackets[] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"{", "}"}, {"〔", "〕"}};
  const std::string_view name = heading.name;
  std::size_t bare = std::string_view::npos;  // where the unit and its bracket begin
  std::optional<Heading> unit;
  for (const auto& [open, close] : kBrackets) {
    const std::size_t at = name.rfind(open);
    if (at == std::string_view::npos || at == 0 || !name.ends_with(close)) continue;
    unit = unit_of(name.substr(at + open.size(), name.size() - at - open.size() - close.size()));
    bare = at;
  }
  if (!unit) {
    // 元/年 has a slash of its own.
    for (std::size_t at = name.find('/'); !unit && at != std::string_view::npos;
         at = name.find('/', at + 1)) {
      if (at == 0) continue;
      unit = unit_of(name.substr(at + 1));
      bare = at;
    }
  }
  if (!unit) unit = unit_behind_heading(name, bare);
  if (!unit) return false;
  unit->name = unit->currency.empty() ? name.substr(0, bare) : name;
  if (!unit->currency.empty()) unit->multiplier = 1;
  heading = *std::move(unit);
  return true;
}

// Words in brackets behind a heading that leave its meaning as it is.
bool only_explains(std::string_view words) {
  constexpr std::string_view kKnown[] = {
      "18位", "15位",   "9位",      "盖章",     "公章",     "全称",      "必填", "选填",
      "可选", "含税",   "不含税",   "现价",     "当年价",   "当年价格",  "期末", "年末",
      "平均", "年平均", "本年",     "本期",     "本年累计", "公示",      "大写", "小写",
      "如有", "年月日", "年/月/日", "yyyymmdd", "年-月-日", "yyyy-mm-dd"};
  return std::ranges::find(kKnown, words) != std::end(kKnown);
}

// 本年 over or under the name of a figure says which of its columns this is, 上年 another.
bool is_this_year(std::string_view words) {
  constexpr std::string_view kKnown[] = {
      "本年",   "本期",    "本年累计", "本年实际", "本期累计", "全年", "全年累计", "本年度",
      "1-12月", "1至12月", "累计",     "本年数",   "本期数",   "当年", "本年末",   "本年1-12月"};
  return std::ranges::find(kKnown, words) != std::end(kKnown);
}

// A heading without words that only explain it: 营业收入 of `其中:营业收入(不含税)`, `本年营业收入`,
// `营业收入/本年`; as it stands when nothing of the kind is there.
std::string without_explanations(std::string_view name) {
  for (const std::string_view front : {"其中:", "#", "*"}) {
    if (name.starts_with(front) && name.size() > front.size()) name.remove_prefix(front.size());
  }
  if (const std::size_t open = name.rfind('(');
      open != std::string_view::npos && open > 0 && name.ends_with(')') &&
      only_explains(name.substr(open + 1, name.size() - open - 2))) {
    name = name.substr(0, open);
  }
  for (const std::string_view front : {"本年累计", "本年度", "本年", "本期", "全年", "1-12月"}) {
    if (name.starts_with(front) && name.size() > front.size()) {
      name.remove_prefix(front.size());
      if (name.starts_with('/')) name.remove_prefix(1);
      break;
    }
  }
  const std::size_t cut = name.rfind('/');
  if (cut != std::string_view::npos && cut > 0 && is_this_year(name.substr(cut + 1))) {
    name = name.substr(0, cut);
  }
  return std::string(name);
}

// What a heading may be called, what it says most closely first: as it stands, without the year, of
// two lines both together or the lower one alone, and without words that only explain.
std::vector<std::string> names_of(const Heading& heading) {
  std::vector<std::string> names = {heading.name};
  const auto add = [&](std::string name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  add(read_heading_year(heading.name).name);
  const std::string whole = names.back();
  if (const std::size_t cut = whole.rfind('/'); cut != std::string::npos) {
    std::string joined;
    for (const char c : whole) {
      if (c != '/') joined += c;
    }
    add(std::move(joined));
    add(read_heading_year(whole.substr(cut + 1)).name);
  }
  if (!heading.currency.empty()) return names;
  for (std::size_t i = 0, count = names.size(); i < count; ++i) {
    add(read_heading_year(without_explanations(names[i])).name);
  }
  return names;
}

}  // namespace

std::string_view meaning_word(const TableMeaning& meaning) {
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) return entity_word(*entity);
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) return relation_word(*relation);
  return "covers";
}

Text meaning_text(const TableMeaning& meaning) {
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) return relation_text(*relation);
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) return entity_text(*entity);
  return {"covers", "负责"};
}

std::optional<TableMeaning> parse_meaning(std::string_view word) {
  for (const TableMeaning& meaning : catalogue().meanings) {
    if (meaning_word(meaning) == word) return meaning;
  }
  return std::nullopt;
}

std::span<const Field> fields(const TableMeaning& meaning) {
  return catalogue().fields[meaning_index(meaning)];
}

std::span<const TableMeaning> table_meanings() { return catalogue().meanings; }

std::optional<Heading> read_money_unit(std::string_view unit) {
  const auto amount = parse_money("1" + std::string(unit));
  if (!amount || !amount->unit_stated) return std::nullopt;
  Heading heading;
  heading.unit = unit;
  heading.multiplier = amount->amount;
  if (amount->currency != "CNY") heading.currency = amount->currency;
  return heading;
}

std::optional<double> unit_factor(const Field& field, std::string_view unit) {
  if (field.type == FieldType::Money) {
    if (const Unit* known = find_unit(unit); known != nullptr) {
      return known->measure == Measure::Money ? std::optional(known->size) : std::nullopt;
    }
    const auto money = read_money_unit(unit);
    return money && money->currency.empty() ? std::optional(money->multiplier) : std::nullopt;
  }
  const Unit* known = find_unit(unit);
  if (known == nullptr) return std::nullopt;
  if (field.unit.empty()) {
    return known->measure == Measure::Share ? std::optional(known->size) : std::nullopt;
  }
  if (unit == "万" || unit == "亿") return known->size;  // of whatever is counted
  const Unit* own = find_unit(field.unit);
  // 吨 of energy are tonnes of coal equivalent.
  const bool coal = own->measure == Measure::Energy && known->measure == Measure::Mass;
  if (known->measure != own->measure && !coal) return std::nullopt;
  return known->text == own->text ? 1 : known->size / own->size;
}

Heading read_heading(std::string_view text) {
  Heading heading;
  for (const char c : normalize_width(text)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '*') continue;
    heading.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (heading.name.size() > 1 && heading.name.front() == '\'') heading.name.erase(0, 1);
  if (take_unit(heading)) return heading;
  // 2024年(万元)/产值: the unit of the upper line.
  const std::size_t cut = heading.name.find(")/");
  if (cut == std::string::npos) return heading;
  Heading upper;
  upper.name = heading.name.substr(0, cut + 1);
  if (!take_unit(upper) || !upper.currency.empty()) return heading;
  upper.name += heading.name.substr(cut + 1);
  return upper;
}

HeadingYear read_heading_year(std::string_view name) {
  const auto year_at = [&](std::size_t at) {
    if (at + 4 > name.size()) return 0;
    int year = 0;
    for (const char c : name.substr(at, 4)) {
      if (c < '0' || c > '9') return 0;
      year = year * 10 + (c - '0');
    }
    return year >= 1900 && year < 2100 ? year : 0;
  };
  const auto take_front = [](std::string_view& rest,
                             std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      if (!rest.starts_with(word)) continue;
      rest.remove_prefix(word.size());
      return;
    }
  };
  if (const int year = year_at(0); year != 0) {
    std::string_view rest = name.substr(4);
    take_front(rest, {"年度", "年末", "年底", "年"});
    take_front(rest, {"1-12月", "全年"});
    take_front(rest, {"/", "_", "-"});
    // Of 20240101 the rest is no heading.
    if (!rest.empty() && (rest.front() < '0' || rest.front() > '9'))
      return {std::string(rest), year};
  }
  std::string_view front = name;
  if (front.ends_with(')')) front.remove_suffix(1);
  for (const std::string_view word : {"年度", "年末", "年底", "年"}) {
    if (!front.ends_with(word)) continue;
    front.remove_suffix(word.size());
    break;
  }
  if (front.size() > 4) {
    const std::size_t at = front.size() - 4;
    const bool longer = name[at - 1] >= '0' && name[at - 1] <= '9';
    if (const int year = year_at(at); year != 0 && !longer) {
      std::string_view rest = name.substr(0, at);
      while (rest.ends_with('(') || rest.ends_with('_') || rest.ends_with('/') ||
             rest.ends_with('-')) {
        rest.remove_suffix(1);
      }
      if (!rest.empty()) return {std::string(rest), year};
    }
  }
  return {std::string(name), 0};
}

const Field* find_field(const TableMeaning& meaning, std::string_view heading) {
  const Heading read = read_heading(heading);
  for (const std::string& name : names_of(read)) {
    for (const Field& candidate : fields(meaning)) {
      if (candidate.key == name) return &candidate;
    }
    for (const Field& candidate : fields(meaning)) {
      if (std::ranges::find(candidate.names, name) != candidate.names.end()) return &candidate;
    }
  }
  return nullptr;
}

std::size_t heading_rank(const Field& field, std::string_view heading) {
  for (const std::string& name : names_of(read_heading(heading))) {
    if (field.key == name) return 0;
    const auto found = std::ranges::find(field.names, name);
    if (found != field.names.end()) {
      return static_cast<std::size_t>(found - field.names.begin()) + 1;
    }
  }
  return field.names.size() + 1;
}

bool is_known_heading(std::string_view heading) {
  static const HashSet<std::string_view> known = [] {
    HashSet<std::string_view> names = {"序号"};
    for (const TableMeaning& meaning : table_meanings()) {
      for (const Field& one : fields(meaning)) {
        names.insert(one.key);
        for (const std::string_view name : one.names) names.insert(name);
      }
    }
    return names;
  }();
  return std::ranges::any_of(names_of(read_heading(heading)),
                             [&](const std::string& name) { return known.contains(name); });
}

std::vector<TableMeaning> recognize_table(std::string_view stem,
                                          std::span<const std::string> headings) {
  const std::string name = read_heading(stem).name;
  for (const Stem& known : stems()) {
    if (known.stem == name) return {known.meaning};
  }
  if (const auto relation = parse_relation(name)) return {*relation};
  std::vector<TableMeaning> best;
  std::size_t best_score = 0;
  for (const TableMeaning& meaning : catalogue().meanings) {
    std::vector<const Field*> found;
    for (const std::string& heading : headings) {
      const Field* match = find_field(meaning, heading);
      if (match != nullptr && std::ranges::find(found, match) == found.end()) {
        found.push_back(match);
      }
    }
    const bool complete = std::ranges::all_of(fields(meaning), [&](const Field& candidate) {
      return !candidate.required || std::ranges::find(found, &candidate) != found.end();
    });
    if (!complete) continue;
    if (found.size() < best_score) continue;
    if (found.size() > best_score) best.clear();
    best_score = found.size();
    best.push_back(meaning);
  }
  return best;
}

}  // namespace liantu
