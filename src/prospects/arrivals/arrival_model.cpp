#include "liantu/prospects/arrivals/arrival_model.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/core/json_memory.hpp"
#include "base/files/json_file.hpp"
#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr std::string_view kSchema = "liantu.arrival_model/1";
constexpr double kMostExponent = 100;

struct FactorRow {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
  double exponent = 0;
  double works = 0;
  double floor = 0;
};

constexpr std::array<FactorRow, kArrivalFactorCount> kFactors = {{
    {"recent", "recent branches", "近期扩张", 0.49, 0.52, 0.05},
    {"provinces", "provinces with branches", "布点省份", 0.88, 1.1, 0.2},
    {"flow", "flow from its city and province", "来源地流向", 0.55, 0.76, 1},
    {"same_province", "same province", "同省", 2.6, 2, 1},
    {"like_places", "places with like arrivals", "相似落户地", 0.22, 0.24, 0.005},
    {"like_scope", "likeness to those who came", "与已来企业相似", 0.34, 0.4, 0.05},
    {"like_name", "likeness of names to those who came", "与已来企业名称相似", 0.51, 0.47, 0.01},
    {"trade", "a trade that opens branches", "行业外拓倾向", 1.2, 1.7, 0.3},
    {"capital", "registered capital", "注册资本", 0.2, 0.05, 1e6},
    {"province_name", "bears its province's name", "冠本省名", 1.2, 1.3, 1},
}};

const FactorRow& row_of(ArrivalFactor factor) { return kFactors[static_cast<std::size_t>(factor)]; }

class ModelReader : JsonFile {
 public:
  using JsonFile::JsonFile;

  ArrivalModel read(std::string_view text) const {
    const JsonValue root = parse_json(text, name());
    only(root, {"schema", "factors"});
    const JsonValue* schema = root.find("schema");
    if (schema == nullptr || string(*schema) != kSchema) {
      fail(schema == nullptr ? root : *schema,
           fmt::format("this is not a model of arrivals: its \"schema\" is not {}", kSchema),
           fmt::format("这不是落户模型：其 \"schema\" 不是 {}", kSchema));
    }
    const JsonValue* factors = root.find("factors");
    if (factors == nullptr) {
      fail(root, "\"factors\" is missing; train the model again", "缺少 \"factors\"；请重新训练");
    }
    ArrivalModel model = default_arrival_model();
    model.exponents.fill(0);
    model.works.fill(0);
    for (const auto& [word, member] : object(*factors)) {
      const auto known = std::ranges::find(kFactors, word, &FactorRow::word);
      if (known == kFactors.end()) {
        fail(member, fmt::format("\"{}\" is not a factor; train the model again", word),
             fmt::format("“{}”不是因子；请重新训练", word));
      }
      const auto at = static_cast<std::size_t>(known - kFactors.begin());
      only(member, {"exponent", "works", "floor"});
      if (const JsonValue* one = member.find("exponent")) model.exponents[at] = number(*one);
      model.works[at] = model.exponents[at];
      if (const JsonValue* one = member.find("works")) model.works[at] = number(*one);
      if (const JsonValue* one = member.find("floor")) model.floors[at] = number(*one);
      try {
        check_arrival_model(model);
      } catch (const Error& error) {
        fail(member, error.message().en, error.message().zh);
      }
    }
    return model;
  }
};

}  // namespace

std::string_view factor_word(ArrivalFactor factor) { return row_of(factor).word; }

Text factor_text(ArrivalFactor factor) {
  return {std::string(row_of(factor).en), std::string(row_of(factor).zh)};
}

ArrivalModel default_arrival_model() {
  ArrivalModel model;
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    model.exponents[i] = kFactors[i].exponent;
    model.works[i] = kFactors[i].works;
    model.floors[i] = kFactors[i].floor;
  }
  return model;
}

double factor_weight(const ArrivalModel& model, ArrivalFactor factor, double value) {
  const auto i = static_cast<std::size_t>(factor);
  return model.exponents[i] * std::log1p(value / model.floors[i]);
}

ArrivalModel for_works(const ArrivalModel& model) {
  ArrivalModel made = model;
  made.exponents = model.works;
  return made;
}

double propensity(const ArrivalModel& model, const ArrivalFactors& values) {
  double sum = 0;
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    sum += factor_weight(model, static_cast<ArrivalFactor>(i), values[i]);
  }
  return sum;
}

void check_arrival_model(const ArrivalModel& model) {
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    const std::string_view word = kFactors[i].word;
    const auto in_range = [](double one) { return one >= 0 && one <= kMostExponent; };
    if (!in_range(model.exponents[i]) || !in_range(model.works[i])) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("{}: an exponent lies in [0, {}]", word, kMostExponent),
                   fmt::format("{}：指数须在 0 到 {} 之间", word, kMostExponent)});
    }
    if (!(model.floors[i] > 0) || !std::isfinite(model.floors[i])) {
      throw Error(ErrorCode::InvalidArgument, {fmt::format("{}: a floor is a number above 0", word),
                                               fmt::format("{}：下限须为大于 0 的数", word)});
    }
  }
}

ArrivalModel parse_arrival_model(std::string_view text, const std::string& file) {
  return ModelReader(file).read(text);
}

std::string arrival_model_json(const ArrivalModel& model) {
  check_arrival_model(model);
  std::string text = fmt::format("{{\n  \"schema\": \"{}\",\n  \"factors\": {{\n", kSchema);
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    text += fmt::format("    \"{}\": {{\"exponent\": {}, \"works\": {}, \"floor\": {}}}{}\n",
                        kFactors[i].word, model.exponents[i], model.works[i], model.floors[i],
                        i + 1 < kArrivalFactorCount ? "," : "");
  }
  return text + "  }\n}\n";
}

}  // namespace liantu
