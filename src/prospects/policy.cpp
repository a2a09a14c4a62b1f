#include "liantu/prospects/policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

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

class PolicyReader {
 public:
  explicit PolicyReader(std::string file) : file_(std::move(file)) {}

  Policy read(std::string_view text) const {
    const JsonValue root = parse_json(text, file_);
    only(root, {"about", "name", "weights", "grades", "scale_cny", "screens", "tags"});
    Policy policy = default_policy();
    if (const JsonValue* name = root.find("name")) policy.name = string(*name);
    if (const JsonValue* weights = root.find("weights")) read_weights(*weights, policy);
    if (const JsonValue* grades = root.find("grades")) read_grades(*grades, policy);
    if (const JsonValue* scale = root.find("scale_cny")) read_scale(*scale, policy);
    if (const JsonValue* screens = root.find("screens")) read_screens(*screens, policy);
    if (const JsonValue* tags = root.find("tags")) read_tags(*tags, policy);
    return policy;
  }

 private:
  [[noreturn]] void fail(const JsonValue& at, std::string_view en, std::string_view zh) const {
    const std::string place =
        Place{.file = file_, .line = at.line(), .column = at.column()}.to_string();
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: {}", place, en), fmt::format("{}：{}", place, zh)});
  }

  const JsonValue::Object& object(const JsonValue& value) const {
    if (value.as_object() == nullptr) fail(value, "write an object { … }", "此处请写对象 { … }");
    return *value.as_object();
  }
  const JsonValue::Array& array(const JsonValue& value) const {
    if (value.as_array() == nullptr) fail(value, "write a list [ … ]", "此处请写列表 [ … ]");
    return *value.as_array();
  }
  const std::string& string(const JsonValue& value) const {
    if (value.as_string() == nullptr) {
      fail(value, "write a text in double quotes", "此处请写带双引号的文本");
    }
    return *value.as_string();
  }
  double number(const JsonValue& value) const {
    if (value.as_number() == nullptr) fail(value, "write a number", "此处请写数字");
    return *value.as_number();
  }

  void only(const JsonValue& value, std::initializer_list<std::string_view> known) const {
    for (const auto& [name, member] : object(value)) {
      if (std::ranges::find(known, name) != known.end()) continue;
      std::string list;
      for (const std::string_view word : known) list += fmt::format(" {}", word);
      fail(member, fmt::format("member \"{}\" is not known; known here:{}", name, list),
           fmt::format("不认识成员 \"{}\"；此处可用：{}", name, list));
    }
  }

  void read_weights(const JsonValue& value, Policy& policy) const {
    for (const auto& [name, member] : object(value)) {
      const auto part = std::ranges::find(kParts, name, &PartWords::word);
      if (part == kParts.end()) {
        std::string list;
        for (const PartWords& known : kParts) list += fmt::format(" {}", known.word);
        fail(member, fmt::format("\"{}\" is no part of the score; known parts:{}", name, list),
             fmt::format("“{}”不是评分项；可用评分项：{}", name, list));
      }
      const double weight = number(member);
      if (!(weight >= 0)) {
        fail(member, "a weight must not be negative", "权重不能为负数");
      }
      policy.weights[static_cast<std::size_t>(part - kParts.begin())] = weight;
    }
    const double sum = std::accumulate(policy.weights.begin(), policy.weights.end(), 0.0);
    if (std::abs(sum - 100) > 1e-9) {
      fail(value,
           fmt::format("the weights sum to {} instead of 100 (parts left out keep their default)",
                       sum),
           fmt::format("权重之和为 {}，应为 100（未写出的评分项取默认值）", sum));
    }
  }

  void read_grades(const JsonValue& value, Policy& policy) const {
    only(value, {"A", "B"});
    if (const JsonValue* a = value.find("A")) policy.grade_a = number(*a);
    if (const JsonValue* b = value.find("B")) policy.grade_b = number(*b);
    if (!(policy.grade_b >= 0 && policy.grade_b <= policy.grade_a && policy.grade_a <= 100)) {
      fail(value, "grades must satisfy 0 ≤ B ≤ A ≤ 100", "等级分数线须满足 0 ≤ B ≤ A ≤ 100");
    }
  }

  void read_scale(const JsonValue& value, Policy& policy) const {
    only(value, {"low", "high"});
    if (const JsonValue* low = value.find("low")) policy.scale_low_cny = number(*low);
    if (const JsonValue* high = value.find("high")) policy.scale_high_cny = number(*high);
    if (!(policy.scale_low_cny > 0 && policy.scale_low_cny < policy.scale_high_cny)) {
      fail(value, "sizes must satisfy 0 < low < high", "规模界限须满足 0 < low < high");
    }
  }

  void read_screens(const JsonValue& value, Policy& policy) const {
    policy.screens.clear();
    for (const JsonValue& entry : array(value)) {
      only(entry, {"field", "any_of", "reason"});
      Screen screen;
      const JsonValue* field = entry.find("field");
      const auto known = field == nullptr
                             ? std::end(kScreenFields)
                             : std::ranges::find(kScreenFields, string(*field), &FieldWord::word);
      if (known == std::end(kScreenFields)) {
        fail(field == nullptr ? entry : *field,
             "a screen looks at one of: risks tags status type scope",
             "筛查项须取其一：risks tags status type scope");
      }
      screen.field = known->field;
      const JsonValue* words = entry.find("any_of");
      if (words == nullptr || array(*words).empty()) {
        fail(words == nullptr ? entry : *words, "a screen needs words in \"any_of\"",
             "筛查须在 \"any_of\" 中列出词语");
      }
      for (const JsonValue& word : *words->as_array()) {
        if (string(word).empty()) fail(word, "an empty word fits every firm", "空词会匹配所有企业");
        screen.any_of.push_back(string(word));
      }
      const JsonValue* reason = entry.find("reason");
      if (reason == nullptr) fail(entry, "a screen needs a reason", "筛查须写明理由");
      screen.reason = text(*reason);
      policy.screens.push_back(std::move(screen));
    }
  }

  // A text in one language for both, or { "en": …, "zh": … }.
  Text text(const JsonValue& value) const {
    if (const std::string* both = value.as_string()) {
      if (both->empty()) fail(value, "a screen needs a reason", "筛查须写明理由");
      return {*both, *both};
    }
    only(value, {"en", "zh"});
    const JsonValue* en = value.find("en");
    const JsonValue* zh = value.find("zh");
    if (en == nullptr || zh == nullptr || string(*en).empty() || string(*zh).empty()) {
      fail(value, "write the reason in \"en\" and \"zh\"", "请在 \"en\" 和 \"zh\" 中写明理由");
    }
    return {string(*en), string(*zh)};
  }

  void read_tags(const JsonValue& value, Policy& policy) const {
    policy.tags.clear();
    for (const auto& [name, member] : object(value)) {
      const double worth = number(member);
      if (!(worth >= 0 && worth <= 1)) {
        fail(member, "a tag's value lies in [0, 1]", "标签的分值须在 0 到 1 之间");
      }
      policy.tags.push_back({name, worth});
    }
  }

  std::string file_;
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
       {"注销", "吊销", "撤销", "清算", "停业", "歇业"},
       {"no longer in business", "已不在营业"}},
  };
  policy.tags = {{"上市", 1},       {"独角兽", 1}, {"专精特新小巨人", 1}, {"单项冠军", 1},
                 {"专精特新", 0.7}, {"瞪羚", 0.7}, {"高企", 0.5},         {"高新技术企业", 0.5}};
  return policy;
}

Policy parse_policy(std::string_view text, const std::string& file) {
  return PolicyReader(file).read(text);
}

std::string policy_json(const Policy& policy) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
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
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace liantu
