#include "liantu/prospects/policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/excerpt.hpp"
#include "base/json_file.hpp"
#include "base/json_memory.hpp"
#include "chain/economy/status.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/json.hpp"

namespace liantu {
namespace {

struct PartWords {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array<PartWords, kPartCount> kParts = {{
    {"gap_severity", "gap severity", "缺口严重度"},
    {"purchases", "purchases brought home", "可回流采购额"},
    {"anchors", "anchors served", "服务龙头"},
    {"breadth", "gaps filled", "补链数量"},
    {"proximity", "relations to local firms", "与本地企业关联"},
    {"fit", "fit of its main business", "主营契合度"},
    {"scale", "scale", "规模"},
    {"quality", "quality tags", "资质标签"},
}};

struct FieldWord {
  std::string_view word;
  EntityText field;
};

constexpr FieldWord kScreenFields[] = {{"risks", EntityText::Risks},
                                       {"tags", EntityText::Tags},
                                       {"status", EntityText::Status},
                                       {"type", EntityText::Type},
                                       {"scope", EntityText::Scope}};

// Members of "introductions" that are costs, shares and the like.
constexpr std::pair<std::string_view, double IntroductionRules::*> kIntroductionNumbers[] = {
    {"serves", &IntroductionRules::serves},
    {"person_owns", &IntroductionRules::person_owns},
    {"firm_owns", &IntroductionRules::firm_owns},
    {"supplies", &IntroductionRules::supplies},
    {"cooperates", &IntroductionRules::cooperates},
    {"chamber", &IntroductionRules::chamber},
    {"alumni", &IntroductionRules::alumni},
    {"office", &IntroductionRules::office},
    {"weak", &IntroductionRules::weak},
    {"strong_equity", &IntroductionRules::strong_equity},
    {"strong_supply", &IntroductionRules::strong_supply},
    {"doubt", &IntroductionRules::doubt},
    {"year", &IntroductionRules::year},
    {"hub", &IntroductionRules::hub},
    {"dearest", &IntroductionRules::dearest}};

constexpr IntroductionChannel kChannels[] = {
    IntroductionChannel::LandedFirm, IntroductionChannel::Chamber, IntroductionChannel::Alumni,
    IntroductionChannel::Office};

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
    return PolicyFault{{"weights", std::string(kParts[i].word)},
                       {"a weight must not be negative", "权重不能为负数"}};
  }
  const double sum = std::accumulate(policy.weights.begin(), policy.weights.end(), 0.0);
  if (std::abs(sum - 100) <= 1e-9) return std::nullopt;
  return PolicyFault{
      {"weights"},
      {fmt::format("the weights sum to {} instead of 100 (a part left out has 0)", sum),
       fmt::format("权重之和为 {}，应为 100（未写出的评分项为 0）", sum)}};
}

std::optional<PolicyFault> find_screen_fault(const Screen& screen, const std::string& number) {
  if (std::ranges::find(kScreenFields, screen.field, &FieldWord::field) ==
      std::end(kScreenFields)) {
    return PolicyFault{{"screens", number, "field"},
                       {fmt::format("a screen looks at one of:{}", screen_fields()),
                        fmt::format("筛查项须取其一：{}", screen_fields())}};
  }
  if (screen.any_of.empty()) {
    return PolicyFault{{"screens", number, "any_of"},
                       {"a screen needs words in \"any_of\"", "筛查须在 \"any_of\" 中列出词语"}};
  }
  for (std::size_t i = 0; i < screen.any_of.size(); ++i) {
    if (!screen.any_of[i].empty()) continue;
    return PolicyFault{{"screens", number, "any_of", std::to_string(i)},
                       {"an empty word fits every firm", "空词会匹配所有企业"}};
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
    only(root, {"about", "name", "weights", "grades", "scale_cny", "screens", "tags", "paths",
                "proximity_path", "links", "introductions"});
    Policy policy = default_policy();
    if (const JsonValue* name = root.find("name")) policy.name = string(*name);
    if (const JsonValue* weights = root.find("weights")) read_weights(*weights, policy);
    if (const JsonValue* grades = root.find("grades")) read_grades(*grades, policy);
    if (const JsonValue* scale = root.find("scale_cny")) read_scale(*scale, policy);
    if (const JsonValue* screens = root.find("screens")) read_screens(*screens, policy);
    if (const JsonValue* tags = root.find("tags")) read_tags(*tags, policy);
    if (const JsonValue* paths = root.find("paths")) read_paths(*paths, policy);
    if (const JsonValue* path = root.find("proximity_path")) policy.proximity_path = string(*path);
    if (const JsonValue* links = root.find("links")) read_links(*links, policy);
    if (const JsonValue* rules = root.find("introductions")) read_introductions(*rules, policy);
    if (const auto fault = find_fault(policy)) {
      fail(at(root, fault->path), fault->what.en, fault->what.zh);
    }
    return policy;
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
      const auto part = std::ranges::find(kParts, name, &PartWords::word);
      if (part == kParts.end()) {
        std::string list;
        for (const PartWords& known : kParts) list += fmt::format(" {}", known.word);
        fail(member,
             fmt::format("\"{}\" is no part of the score; known parts:{}", excerpt(name), list),
             fmt::format("“{}”不是评分项；可用评分项：{}", excerpt(name), list.substr(1)));
      }
      policy.weights[static_cast<std::size_t>(part - kParts.begin())] = number(member);
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

  void read_screens(const JsonValue& value, Policy& policy) const {
    policy.screens.clear();
    for (const JsonValue& entry : array(value)) {
      only(entry, {"field", "any_of", "reason"});
      Screen screen;
      screen.field = EntityText::Key;  // none of those known, unless a known one follows
      if (const JsonValue* field = entry.find("field")) {
        const auto known = std::ranges::find(kScreenFields, string(*field), &FieldWord::word);
        if (known != std::end(kScreenFields)) screen.field = known->field;
      }
      if (const JsonValue* words = entry.find("any_of")) {
        for (const JsonValue& word : array(*words)) screen.any_of.push_back(string(word));
      }
      if (const JsonValue* reason = entry.find("reason")) screen.reason = text(*reason);
      policy.screens.push_back(std::move(screen));
    }
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
      const auto known = std::ranges::find_if(
          kIntroductionNumbers, [&](const auto& one) { return one.first == name; });
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
    only(value, {"landed_firm", "chamber", "alumni", "office"});
    for (const IntroductionChannel channel : kChannels) {
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

std::string_view part_word(Part part) { return kParts[static_cast<std::size_t>(part)].word; }

Text part_text(Part part) {
  const PartWords& words = kParts[static_cast<std::size_t>(part)];
  return {std::string(words.en), std::string(words.zh)};
}

Policy default_policy() {
  Policy policy;
  policy.name = "default";
  policy.weights = {20, 20, 15, 5, 15, 10, 10, 5};
  policy.screens = {
      {EntityText::Risks,
       {"失信", "严重违法", "重大安全事故", "重大环境违法", "破产"},
       {"serious dishonesty, breach of law or accident on record",
        "有失信、严重违法、重大事故等记录"}},
      {EntityText::Status,
       {inactive_words().begin(), inactive_words().end()},
       {"deregistered, revoked, closed or moved away", "已注销、吊销、停业、关闭或迁出"}},
  };
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

RelationPath proximity_path(const Policy& policy) {
  const auto user = std::ranges::find(policy.paths, policy.proximity_path, &UserPath::name);
  return parse_path(user == policy.paths.end() ? policy.proximity_path : user->path);
}

Policy parse_policy(std::string_view text, const std::string& file) {
  return PolicyReader(file).read(text);
}

std::string policy_json(const Policy& policy) {
  check_policy(policy);
  JsonBuffer buffer;
  JsonWriter writer(buffer);
  writer.SetIndent(' ', 2);
  const auto text = [&](std::string_view words) {
    writer.String(words.data(), static_cast<rapidjson::SizeType>(words.size()));
  };
  writer.StartObject();
  writer.Key("name");
  text(policy.name);
  writer.Key("weights");
  writer.StartObject();
  for (std::size_t i = 0; i < kPartCount; ++i) {
    text(kParts[i].word);
    writer.Double(policy.weights[i]);
  }
  writer.EndObject();
  writer.Key("grades");
  writer.StartObject();
  writer.Key("A");
  writer.Double(policy.grade_a);
  writer.Key("B");
  writer.Double(policy.grade_b);
  writer.EndObject();
  writer.Key("scale_cny");
  writer.StartObject();
  writer.Key("low");
  writer.Double(policy.scale_low_cny);
  writer.Key("high");
  writer.Double(policy.scale_high_cny);
  writer.EndObject();
  writer.Key("screens");
  writer.StartArray();
  for (const Screen& screen : policy.screens) {
    writer.StartObject();
    writer.Key("field");
    text(std::ranges::find(kScreenFields, screen.field, &FieldWord::field)->word);
    writer.Key("any_of");
    writer.StartArray();
    for (const std::string& word : screen.any_of) text(word);
    writer.EndArray();
    writer.Key("reason");
    writer.StartObject();
    writer.Key("en");
    text(screen.reason.en);
    writer.Key("zh");
    text(screen.reason.zh);
    writer.EndObject();
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("tags");
  writer.StartObject();
  for (const TagValue& tag : policy.tags) {
    text(tag.tag);
    writer.Double(tag.value);
  }
  writer.EndObject();
  writer.Key("paths");
  writer.StartObject();
  for (const UserPath& user : policy.paths) {
    text(user.name);
    text(user.path);
  }
  writer.EndObject();
  writer.Key("proximity_path");
  text(policy.proximity_path);
  writer.Key("links");
  writer.StartObject();
  for (const LinkPoints& line : policy.links.points) {
    text(line.feature);
    writer.Double(line.points);
  }
  writer.EndObject();
  writer.Key("introductions");
  writer.StartObject();
  for (const auto& [word, member] : kIntroductionNumbers) {
    text(word);
    writer.Double(policy.introductions.*member);
  }
  writer.Key("years");
  writer.Int(policy.introductions.years);
  writer.Key("hub_ends");
  writer.Uint(policy.introductions.hub_ends);
  writer.Key("calls");
  writer.StartObject();
  for (const IntroductionChannel channel : kChannels) {
    text(channel_word(channel));
    writer.Uint(policy.introductions.calls[static_cast<std::size_t>(channel)]);
  }
  writer.EndObject();
  writer.EndObject();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace liantu
