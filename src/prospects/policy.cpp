#include "liantu/prospects/policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/files/json_document.hpp"
#include "base/files/json_file.hpp"
#include "base/text/excerpt.hpp"
#include "chain/firms/status.hpp"
#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/industry.hpp"
#include "prospects/score/part.hpp"

namespace liantu {
namespace {

constexpr auto kPropensity = static_cast<std::size_t>(ScorePartKind::Propensity);

struct FieldWord {
  std::string_view word;
  EntityText field = EntityText::Key;
  ScreenOn on = ScreenOn::Words;
};

constexpr FieldWord kScreenFields[] = {{"risks", EntityText::Risks},
                                       {"tags", EntityText::Tags},
                                       {"status", EntityText::Status},
                                       {"type", EntityText::Type},
                                       {"aliases", EntityText::Aliases},
                                       {"scope", EntityText::Scope},
                                       {"segment", EntityText::Key, ScreenOn::Segment},
                                       {"industry", EntityText::Key, ScreenOn::Industry},
                                       {"chain", EntityText::Key, ScreenOn::Chain},
                                       {"size", EntityText::Key, ScreenOn::Size},
                                       {"distance", EntityText::Key, ScreenOn::Distance}};

const FieldWord* field_word(const ScreeningRule& screen) {
  const auto found = std::ranges::find_if(kScreenFields, [&](const FieldWord& known) {
    return known.on == screen.on && (known.on != ScreenOn::Words || known.field == screen.field);
  });
  return found == std::end(kScreenFields) ? nullptr : &*found;
}

// Members of "introductions" that are costs, shares and the like.
constexpr std::pair<std::string_view, double IntroductionRules::*> kIntroductionNumbers[] = {
    {"serves", &IntroductionRules::serves},
    {"person_owns", &IntroductionRules::person_owns},
    {"firm_owns", &IntroductionRules::firm_owns},
    {"supplies", &IntroductionRules::supplies},
    {"cooperates", &IntroductionRules::cooperates},
    {"chamber", &IntroductionRules::chamber},
    {"alumni", &IntroductionRules::alumni},
    {"leader", &IntroductionRules::leader},
    {"task_force", &IntroductionRules::task_force},
    {"department", &IntroductionRules::department},
    {"office", &IntroductionRules::office},
    {"weak", &IntroductionRules::weak},
    {"strong_equity", &IntroductionRules::strong_equity},
    {"strong_supply", &IntroductionRules::strong_supply},
    {"doubt", &IntroductionRules::doubt},
    {"year", &IntroductionRules::year},
    {"hub", &IntroductionRules::hub},
    {"dearest", &IntroductionRules::dearest}};

// What is wrong with a policy, and where in its file.
struct PolicyFault {
  std::vector<std::string> path;  // names of members and numbers of list entries, outermost first
  Text what;
};

std::string screen_fields() {
  std::string list;
  for (const FieldWord& known : kScreenFields) list += fmt::format(" {}", known.word);
  return list;
}

std::optional<PolicyFault> find_weight_fault(const Policy& policy) {
  if (policy.weights.size() != kPartCount) {
    return PolicyFault{{"weights"},
                       {fmt::format("there are {} weights instead of {}, one a part of the score",
                                    policy.weights.size(), kPartCount),
                        fmt::format("权重有 {} 项，应为 {} 项，每个评分项一项",
                                    policy.weights.size(), kPartCount)}};
  }
  for (std::size_t i = 0; i < kPartCount; ++i) {
    if (policy.weights[i] >= 0) continue;
    return PolicyFault{{"weights", std::string(part_rows()[i].word)},
                       {"a weight is 0 or more; write 0 for a part that is not to count",
                        "权重须不小于 0；不计的评分项请写 0"}};
  }
  const double coming = policy.weights[kPropensity];
  if (!(coming <= 100)) {
    return PolicyFault{{"weights", std::string(part_rows()[kPropensity].word)},
                       {"a weight is at most 100", "权重不能大于 100"}};
  }
  const double sum = std::accumulate(policy.weights.begin(), policy.weights.end(), 0.0) - coming;
  if (std::abs(sum - 100) <= 1e-9) return std::nullopt;
  return PolicyFault{
      {"weights"},
      {fmt::format("the weights sum to {} instead of 100 (a part left out has 0; propensity, which "
                   "takes its points from all others, is not added)",
                   sum),
       fmt::format("权重之和为 {}，应为 100（未写出的评分项为 0；落户倾向从其他各项按比例取分，不"
                   "计入此和）",
                   sum)}};
}

// Written as the standard does: what it is compared with is so, too.
bool industry_code(const std::string& words) {
  const Industry* known = find_industry(words);
  return known != nullptr && known->code == words;
}

Text no_industry() {
  return {"write a code of GB/T 4754 with its letter, such as B, C30 or C301",
          "请写国民经济行业代码（GB/T 4754，含门类字母），如 B、C30 或 C301"};
}

std::optional<PolicyFault> find_screen_fault(const ScreeningRule& screen,
                                             const std::string& number) {
  if (field_word(screen) == nullptr) {
    return PolicyFault{{"screens", number, "field"},
                       {fmt::format("a screen looks at one of:{}", screen_fields()),
                        fmt::format("筛查项须取其一：{}", screen_fields())}};
  }
  const bool bounded = screen.on == ScreenOn::Size || screen.on == ScreenOn::Distance;
  if (bounded) {
    const bool size = screen.on == ScreenOn::Size;
    const double bound = size ? screen.below_cny : screen.beyond_km;
    if (!(bound > 0) || !std::isfinite(bound)) {
      return size ? PolicyFault{{"screens", number, "below"},
                                {"a screen on size needs a number of yuan above 0 in \"below\"",
                                 "按规模筛查须在 \"below\" 中写明大于 0 的金额（元）"}}
                  : PolicyFault{{"screens", number, "beyond_km"},
                                {"a screen on distance needs a number of kilometres above 0 in "
                                 "\"beyond_km\"",
                                 "按距离筛查须在 \"beyond_km\" 中写明大于 0 的公里数"}};
    }
  } else if (screen.any_of.empty()) {
    return PolicyFault{{"screens", number, "any_of"},
                       {"a screen needs words in \"any_of\"", "筛查须在 \"any_of\" 中列出词语"}};
  }
  for (std::size_t i = 0; i < screen.any_of.size(); ++i) {
    if (!screen.any_of[i].empty()) continue;
    return PolicyFault{{"screens", number, "any_of", std::to_string(i)},
                       {"an empty word fits every firm", "空词会匹配所有企业"}};
  }
  for (std::size_t i = 0; i < screen.none_of.size(); ++i) {
    if (!screen.none_of[i].empty()) continue;
    return PolicyFault{{"screens", number, "none_of", std::to_string(i)},
                       {"an empty word fits everything, so that the screen would never fire",
                        "空词匹配一切，此筛查将永不触发"}};
  }
  if (screen.on == ScreenOn::Industry) {
    for (std::size_t i = 0; i < screen.any_of.size(); ++i) {
      if (industry_code(screen.any_of[i])) continue;
      return PolicyFault{{"screens", number, "any_of", std::to_string(i)}, no_industry()};
    }
  }
  if (!screen.reason.en.empty() && !screen.reason.zh.empty()) return std::nullopt;
  return PolicyFault{{"screens", number, "reason"},
                     {"a screen needs a reason: a text, or one in \"en\" and one in \"zh\"",
                      "筛查须写明理由：一段文本，或 \"en\" 与 \"zh\" 各一段"}};
}

std::optional<PolicyFault> find_path_fault(const Policy& policy) {
  for (const UserPath& user : policy.paths) {
    const std::vector<std::string> place{"paths", user.name};
    if (user.name.empty()) {
      return PolicyFault{place, {"a path needs a name", "路径须有名称"}};
    }
    if (std::ranges::find(named_paths(), user.name, &NamedPath::name) != named_paths().end()) {
      return PolicyFault{
          place,
          {"this is the name of a known path; choose another", "这是已有路径的名称；请另取名称"}};
    }
    try {
      (void)parse_path(user.path);
    } catch (const Error& error) {
      return PolicyFault{place, error.message()};
    }
  }
  RelationPath path;
  try {
    path = proximity_path(policy);
  } catch (const Error& error) {
    return PolicyFault{{"proximity_path"}, error.message()};
  }
  if (!path_joins(path, EntityKind::Firm, EntityKind::Firm)) {
    return PolicyFault{{"proximity_path"},
                       {"this path must lead from firms to firms", "此路径须从企业通向企业"}};
  }
  if (!reversed(path)) {
    return PolicyFault{
        {"proximity_path"},
        {"this path cannot be walked from the anchor: leave out the normaliser of its first step "
         "and region=, and give one to another step only where it turns round the step before it",
         "此路径无法从龙头企业反向走：第一步不要归一，不要写 region=，其他各步仅在折返前一步时才可"
         "归一"}};
  }
  return std::nullopt;
}

std::optional<PolicyFault> find_links_fault(const LinkScorecard& links) {
  if (links.points.empty()) {
    return PolicyFault{{"links"},
                       {"name at least one feature and its points; leave \"links\" out for the "
                        "default ones",
                        "请至少写一个特征及其分值；如用默认值，请不写 \"links\""}};
  }
  LinkScorecard checked;  // grows, so that what is wrong lies with its last line
  for (const LinkPoints& line : links.points) {
    checked.points.push_back(line);
    try {
      check_link_scorecard(checked);
    } catch (const Error& error) {
      return PolicyFault{{"links", line.feature}, error.message()};
    }
  }
  return std::nullopt;
}

// The one definition of a well-formed policy.
std::optional<PolicyFault> find_fault(const Policy& policy) {
  if (auto fault = find_weight_fault(policy)) return fault;
  if (!(policy.grade_b >= 0 && policy.grade_b <= policy.grade_a && policy.grade_a <= 100)) {
    return PolicyFault{{"grades"},
                       {"grades must satisfy 0 ≤ B ≤ A ≤ 100", "等级分数线须满足 0 ≤ B ≤ A ≤ 100"}};
  }
  if (!(policy.scale_low_cny > 0 && policy.scale_low_cny < policy.scale_high_cny)) {
    return PolicyFault{{"scale_cny"},
                       {"sizes must satisfy 0 < low < high", "规模界限须满足 0 < low < high"}};
  }
  if (!(policy.main_share >= 0 && policy.main_share <= 1)) {
    return PolicyFault{{"main_share"}, {"a share lies in [0, 1]", "占比须在 0 到 1 之间"}};
  }
  if (!(policy.distance_far_km > 0) || !std::isfinite(policy.distance_far_km)) {
    return PolicyFault{{"distance_far_km"},
                       {"a distance is a number of kilometres above 0", "距离须为大于 0 的公里数"}};
  }
  if (!(policy.draw_concentration > 0 && policy.draw_concentration <= 1e6)) {
    return PolicyFault{{"draw_concentration"},
                       {"write a number above 0, at most 1000000", "须大于 0 且不大于 1000000"}};
  }
  for (std::size_t i = 0; i < policy.heavy.size(); ++i) {
    if (industry_code(policy.heavy[i])) continue;
    return PolicyFault{{"heavy", std::to_string(i)}, no_industry()};
  }
  for (std::size_t i = 0; i < policy.screens.size(); ++i) {
    if (auto fault = find_screen_fault(policy.screens[i], std::to_string(i))) return fault;
  }
  for (const TagValue& tag : policy.tags) {
    if (tag.value >= 0 && tag.value <= 1) continue;
    return PolicyFault{{"tags", tag.tag},
                       {"a tag's value lies in [0, 1]", "标签的分值须在 0 到 1 之间"}};
  }
  if (auto fault = find_path_fault(policy)) return fault;
  if (auto fault = find_links_fault(policy.links)) return fault;
  try {
    check_introduction_rules(policy.introductions);
  } catch (const Error& error) {
    return PolicyFault{{"introductions"}, error.message()};
  }
  return std::nullopt;
}

class PolicyReader : JsonFile {
 public:
  using JsonFile::JsonFile;

  Policy read(std::string_view text) const {
    const JsonValue root = parse_json(text, name());
    only(root, {"about", "name", "weights", "grades", "scale_cny", "main_share", "distance_far_km",
                "heavy", "screens", "tags", "paths", "proximity_path", "links",
                "draw_concentration", "introductions"});
    Policy policy = default_policy();
    if (const JsonValue* name = root.find("name")) policy.name = string(*name);
    if (const JsonValue* weights = root.find("weights")) read_weights(*weights, policy);
    if (const JsonValue* grades = root.find("grades")) read_grades(*grades, policy);
    if (const JsonValue* scale = root.find("scale_cny")) read_scale(*scale, policy);
    if (const JsonValue* share = root.find("main_share")) policy.main_share = number(*share);
    if (const JsonValue* far = root.find("distance_far_km")) policy.distance_far_km = number(*far);
    if (const JsonValue* heavy = root.find("heavy")) policy.heavy = strings(*heavy);
    if (const JsonValue* screens = root.find("screens")) policy.screens = read_screens(*screens);
    if (const JsonValue* tags = root.find("tags")) read_tags(*tags, policy);
    if (const JsonValue* paths = root.find("paths")) read_paths(*paths, policy);
    if (const JsonValue* path = root.find("proximity_path")) policy.proximity_path = string(*path);
    if (const JsonValue* links = root.find("links")) read_links(*links, policy);
    if (const JsonValue* near = root.find("draw_concentration")) {
      policy.draw_concentration = number(*near);
    }
    if (const JsonValue* rules = root.find("introductions")) read_introductions(*rules, policy);
    if (const auto fault = find_fault(policy)) {
      fail(at(root, fault->path), fault->what.en, fault->what.zh);
    }
    return policy;
  }

  std::vector<ScreeningRule> read_rules(std::string_view text) const {
    const JsonValue root = parse_json(text, name());
    only(root, {"about", "name", "source", "screens"});
    const JsonValue* list = root.find("screens");
    if (list == nullptr || array(*list).empty()) {
      fail(list == nullptr ? root : *list, "a file of rules needs \"screens\", a list of rules",
           "规则文件须有 \"screens\"，即规则列表");
    }
    std::vector<ScreeningRule> screens = read_screens(*list);
    if (const JsonValue* source = root.find("source")) {
      for (ScreeningRule& screen : screens) {
        if (screen.source.empty()) screen.source = string(*source);
      }
    }
    for (std::size_t i = 0; i < screens.size(); ++i) {
      if (const auto fault = find_screen_fault(screens[i], std::to_string(i))) {
        fail(at(root, fault->path), fault->what.en, fault->what.zh);
      }
    }
    return screens;
  }

 private:
  // Where a path leads, as far as the file goes along with it.
  static const JsonValue& at(const JsonValue& root, const std::vector<std::string>& path) {
    const JsonValue* here = &root;
    for (const std::string& step : path) {
      const JsonValue* next = nullptr;
      if (const JsonValue::Array* list = here->as_array()) {
        next = &(*list)[std::stoul(step)];
      } else if (here->as_object() != nullptr) {
        next = here->find(step);
      }
      if (next == nullptr) break;
      here = next;
    }
    return *here;
  }

  // A policy that says what weighs says all that does, so that it means the same when parts are
  // added.
  void read_weights(const JsonValue& value, Policy& policy) const {
    policy.weights.assign(kPartCount, 0);
    for (const auto& [name, member] : object(value)) {
      const auto part = std::ranges::find(part_rows(), name, &PartRow::word);
      if (part == part_rows().end()) {
        std::string list;
        for (const PartRow& known : part_rows()) list += fmt::format(" {}", known.word);
        fail(member,
             fmt::format("\"{}\" is not a part of the score; known parts:{}", excerpt(name), list),
             fmt::format("“{}”不是评分项；可用评分项：{}", excerpt(name), list.substr(1)));
      }
      policy.weights[static_cast<std::size_t>(part->part)] = number(member);
    }
  }

  void read_grades(const JsonValue& value, Policy& policy) const {
    only(value, {"A", "B"});
    if (const JsonValue* a = value.find("A")) policy.grade_a = number(*a);
    if (const JsonValue* b = value.find("B")) policy.grade_b = number(*b);
  }

  void read_scale(const JsonValue& value, Policy& policy) const {
    only(value, {"low", "high"});
    if (const JsonValue* low = value.find("low")) policy.scale_low_cny = number(*low);
    if (const JsonValue* high = value.find("high")) policy.scale_high_cny = number(*high);
  }

  std::vector<std::string> strings(const JsonValue& value) const {
    std::vector<std::string> found;
    for (const JsonValue& word : array(value)) found.push_back(string(word));
    return found;
  }

  std::vector<ScreeningRule> read_screens(const JsonValue& value) const {
    std::vector<ScreeningRule> screens;
    for (const JsonValue& entry : array(value)) {
      ScreeningRule screen;
      screen.field = EntityText::Key;  // none of those known, unless a known one follows
      (void)object(entry);
      if (const JsonValue* field = entry.find("field")) {
        const auto known = std::ranges::find(kScreenFields, string(*field), &FieldWord::word);
        if (known != std::end(kScreenFields)) {
          screen.field = known->field;
          screen.on = known->on;
        }
      }
      switch (screen.on) {
        case ScreenOn::Size:
          only(entry, {"field", "below", "reason", "source"});
          break;
        case ScreenOn::Distance:
          only(entry, {"field", "beyond_km", "reason", "source"});
          break;
        default:
          only(entry, {"field", "any_of", "none_of", "reason", "source"});
      }
      if (const JsonValue* words = entry.find("any_of")) screen.any_of = strings(*words);
      if (const JsonValue* words = entry.find("none_of")) screen.none_of = strings(*words);
      if (const JsonValue* below = entry.find("below")) screen.below_cny = number(*below);
      if (const JsonValue* beyond = entry.find("beyond_km")) screen.beyond_km = number(*beyond);
      if (const JsonValue* source = entry.find("source")) screen.source = string(*source);
      if (const JsonValue* reason = entry.find("reason")) screen.reason = text(*reason);
      screens.push_back(std::move(screen));
    }
    return screens;
  }

  // A text in one language for both, or { "en": …, "zh": … }.
  Text text(const JsonValue& value) const {
    if (const std::string* both = value.as_string()) return {*both, *both};
    only(value, {"en", "zh"});
    const JsonValue* en = value.find("en");
    const JsonValue* zh = value.find("zh");
    return {en == nullptr ? "" : string(*en), zh == nullptr ? "" : string(*zh)};
  }

  void read_tags(const JsonValue& value, Policy& policy) const {
    policy.tags.clear();
    for (const auto& [name, member] : object(value)) {
      policy.tags.push_back({name, number(member)});
    }
  }

  void read_paths(const JsonValue& value, Policy& policy) const {
    policy.paths.clear();
    for (const auto& [name, member] : object(value)) {
      policy.paths.push_back({name, string(member)});
    }
  }

  void read_links(const JsonValue& value, Policy& policy) const {
    policy.links.points.clear();
    for (const auto& [name, member] : object(value)) {
      policy.links.points.push_back({name, number(member)});
    }
  }

  // Rules left out keep the default's value.
  void read_introductions(const JsonValue& value, Policy& policy) const {
    IntroductionRules& rules = policy.introductions;
    for (const auto& [name, member] : object(value)) {
      const auto known =
          std::ranges::find(kIntroductionNumbers, name, [](const auto& one) { return one.first; });
      if (known != std::end(kIntroductionNumbers)) {
        rules.*(known->second) = number(member);
      } else if (name == "years") {
        rules.years = static_cast<int>(whole(member, 100));
      } else if (name == "hub_ends") {
        rules.hub_ends = whole(member, 1000000000);
      } else if (name == "calls") {
        read_calls(member, rules);
      } else {
        std::string list;
        for (const auto& [word, ignored] : kIntroductionNumbers) list += fmt::format(" {}", word);
        fail(member,
             fmt::format("member \"{}\" is not known; known here:{} years hub_ends calls",
                         excerpt(name), list),
             fmt::format("不认识成员 \"{}\"；此处可用：{} years hub_ends calls", excerpt(name),
                         list.substr(1)));
      }
    }
  }

  void read_calls(const JsonValue& value, IntroductionRules& rules) const {
    only(value,
         {"landed_firm", "chamber", "alumni", "office", "leader", "task_force", "department"});
    for (const IntroductionChannel channel : introduction_channels()) {
      const JsonValue* most = value.find(std::string(channel_word(channel)));
      if (most != nullptr) {
        rules.calls[static_cast<std::size_t>(channel)] = whole(*most, 1000000);
      }
    }
  }

  std::uint32_t whole(const JsonValue& value, std::uint32_t most) const {
    const double read = number(value);
    if (read >= 0 && read <= most && read == std::floor(read)) {
      return static_cast<std::uint32_t>(read);
    }
    fail(value, fmt::format("write a whole number of 0 to {}", most),
         fmt::format("此处请写 0 到 {} 的整数", most));
  }
};

}  // namespace

std::string_view part_word(ScorePartKind part) {
  return part_rows()[static_cast<std::size_t>(part)].word;
}

Text part_text(ScorePartKind part) {
  const PartRow& words = part_rows()[static_cast<std::size_t>(part)];
  return {std::string(words.en), std::string(words.zh)};
}

Policy default_policy() {
  Policy policy;
  policy.name = "default";
  for (const PartRow& part : part_rows()) policy.weights.push_back(part.weight);
  policy.heavy = {"C15", "C20", "C21", "C22", "C291", "C30", "C31", "C33"};
  policy.screens = {
      {EntityText::Risks,
       {"失信", "严重违法", "重大安全事故", "重大环境违法", "破产"},
       {"serious dishonesty, breach of law or accident on record",
        "有失信、严重违法、重大事故等记录"}},
      {EntityText::Status,
       {inactive_words().begin(), inactive_words().end()},
       {"deregistered, revoked, closed or moved away", "已注销、吊销、停业、关闭或迁出"}},
      {EntityText::Aliases,
       {"ST", "*ST", "S*ST", "SST", "退市"},
       {"under a warning of the stock exchange (ST), or delisted", "交易所风险警示（ST）或已退市"}},
  };
  const auto bar = [&](ScreenOn on, std::vector<std::string> any_of, Text reason,
                       std::vector<std::string> none_of = {}, std::string source = {}) {
    ScreeningRule screen;
    screen.field = EntityText::Key;
    screen.on = on;
    screen.any_of = std::move(any_of);
    screen.none_of = std::move(none_of);
    screen.reason = std::move(reason);
    screen.source = std::move(source);
    policy.screens.push_back(std::move(screen));
  };
  const Text origin{"bound to where the ore, the water or the harvest is",
                    "受资源产地限制（矿产、水源、农作物）"};
  bar(ScreenOn::Industry, {"A", "B"}, origin);
  bar(ScreenOn::Segment,
      {"原煤", "煤炭", "铁矿", "铜矿", "砂石", "河砂", "石灰石", "粮食", "生猪", "原木"}, origin,
      {"机", "设备", "装备", "加工", "制品", "系统", "服务", "饲料", "运输"});
  const Text radius{"sold within a short radius: a plant of its own stands at every market",
                    "受运输半径限制，须贴近市场，非外地可供"};
  bar(ScreenOn::Industry, {"C132", "C301", "C302"}, radius);
  bar(ScreenOn::Segment, {"水泥", "混凝土", "工业气体", "氧气", "氮气"}, radius,
      {"机", "设备", "装备", "外加剂", "添加剂", "泵", "车", "系统", "助磨", "袋", "窑"});
  const Text network{"a matter of networks, licences and the local market, not of a gap in a chain",
                     "由管网、牌照或本地市场决定，不属产业链招商"};
  bar(ScreenOn::Industry, {"C16",  "C267", "D", "F", "G53", "G56", "G57", "G60", "H", "I631",
                           "I632", "J",    "K", "N", "O",   "P",   "Q",   "R",   "S", "T"},
      network);
  bar(ScreenOn::Segment, {"供电", "售电", "自来水", "供热", "供水", "天然气销售", "燃气销售"},
      network, {"设备", "表", "阀", "管"});
  bar(ScreenOn::Industry,
      {"C251", "C252", "C253", "C261", "C262", "C2651", "C2652", "C311", "C312", "C314", "C321",
       "C322", "C323"},
      {"high energy use and emission (两高): needs special approval",
       "属高耗能、高排放（“两高”）行业，须专门审批"},
      {},
      "生态环境部《关于加强高耗能、高排放建设项目生态环境源头防控的指导意见》（环环评〔2021〕45号"
      "）");
  bar(ScreenOn::Industry, {"C3843", "C191"},
      {"a field of heavy metals: needs quotas and special approval",
       "属重金属污染防控重点行业，须总量指标并专门审批"},
      {}, "生态环境部《关于进一步加强重金属污染防控的意见》（环固体〔2022〕17号）");
  bar(ScreenOn::Industry, {"C3041", "C3071", "C3072"},
      {"a field whose energy use must reach the benchmark: needs special approval",
       "属工业重点领域，须达能效标杆水平并专门审批"},
      {},
      "国家发展改革委等《工业重点领域能效标杆水平和基准水平（2023年版）》（发改产业〔2023〕723号"
      "）");
  policy.tags = {{"上市", 1},       {"独角兽", 1}, {"专精特新小巨人", 1}, {"单项冠军", 1},
                 {"专精特新", 0.7}, {"瞪羚", 0.7}, {"高企", 0.5},         {"高新技术企业", 0.5}};
  return policy;
}

void check_policy(const Policy& policy) {
  const auto fault = find_fault(policy);
  if (!fault) return;
  const std::string where = fmt::format("{}", fmt::join(fault->path, "."));
  throw Error(ErrorCode::InvalidArgument, {fmt::format("policy, {}: {}", where, fault->what.en),
                                           fmt::format("评分政策 {}：{}", where, fault->what.zh)});
}

std::array<double, kPartCount> part_weights(const Policy& policy, bool arrivals) {
  std::array<double, kPartCount> weights{};
  const std::size_t count = std::min(kPartCount, policy.weights.size());
  const double coming = arrivals && count == kPartCount ? policy.weights[kPropensity] : 0;
  for (std::size_t i = 0; i < count; ++i) {
    weights[i] = i == kPropensity ? coming : policy.weights[i] * (100 - coming) / 100;
  }
  return weights;
}

RelationPath proximity_path(const Policy& policy) {
  const auto user = std::ranges::find(policy.paths, policy.proximity_path, &UserPath::name);
  return parse_path(user == policy.paths.end() ? policy.proximity_path : user->path);
}

std::vector<ScreeningRule> parse_rules(std::string_view text, const std::string& file) {
  return PolicyReader(file).read_rules(text);
}

Policy parse_policy(std::string_view text, const std::string& file) {
  return PolicyReader(file).read(text);
}

std::string policy_json(const Policy& policy) {
  check_policy(policy);
  JsonDocument out;
  const auto list = [&](std::string_view key, const std::vector<std::string>& words) {
    out.key(key);
    out.open_array();
    for (const std::string& word : words) out.text(word);
    out.close_array();
  };
  const auto object = [&](std::string_view key, const auto& members) {
    out.key(key);
    out.open_object();
    members();
    out.close_object();
  };
  out.open_object();
  out.member("name", policy.name);
  object("weights", [&] {
    for (std::size_t i = 0; i < kPartCount; ++i)
      out.member_exact(part_rows()[i].word, policy.weights[i]);
  });
  object("grades", [&] {
    out.member_exact("A", policy.grade_a);
    out.member_exact("B", policy.grade_b);
  });
  object("scale_cny", [&] {
    out.member_exact("low", policy.scale_low_cny);
    out.member_exact("high", policy.scale_high_cny);
  });
  out.member_exact("main_share", policy.main_share);
  out.member_exact("distance_far_km", policy.distance_far_km);
  list("heavy", policy.heavy);
  out.key("screens");
  out.open_array();
  for (const ScreeningRule& screen : policy.screens) {
    out.open_object();
    out.member("field", field_word(screen)->word);
    if (screen.on == ScreenOn::Size) {
      out.member_exact("below", screen.below_cny);
    } else if (screen.on == ScreenOn::Distance) {
      out.member_exact("beyond_km", screen.beyond_km);
    } else {
      list("any_of", screen.any_of);
      if (!screen.none_of.empty()) list("none_of", screen.none_of);
    }
    if (!screen.source.empty()) out.member("source", screen.source);
    object("reason", [&] {
      out.member("en", screen.reason.en);
      out.member("zh", screen.reason.zh);
    });
    out.close_object();
  }
  out.close_array();
  object("tags", [&] {
    for (const TagValue& tag : policy.tags) out.member_exact(tag.tag, tag.value);
  });
  object("paths", [&] {
    for (const UserPath& user : policy.paths) out.member(user.name, user.path);
  });
  out.member("proximity_path", policy.proximity_path);
  object("links", [&] {
    for (const LinkPoints& line : policy.links.points) {
      out.member_exact(line.feature, line.points);
    }
  });
  out.member_exact("draw_concentration", policy.draw_concentration);
  object("introductions", [&] {
    const IntroductionRules& rules = policy.introductions;
    for (const auto& [word, member] : kIntroductionNumbers) out.member_exact(word, rules.*member);
    out.member_count("years", static_cast<std::uint64_t>(rules.years));
    out.member_count("hub_ends", rules.hub_ends);
    object("calls", [&] {
      for (const IntroductionChannel channel : introduction_channels()) {
        out.member_count(channel_word(channel), rules.calls[static_cast<std::size_t>(channel)]);
      }
    });
  });
  out.close_object();
  return out.finish();
}

}  // namespace liantu
