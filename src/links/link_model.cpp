#include "liantu/links/link_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/json_memory.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/json.hpp"
#include "links/base64.hpp"

namespace liantu {

namespace {

constexpr std::string_view kFormat = "liantu link model";
constexpr int kVersion = 1;
constexpr std::string_view kChecksum = "\"checksum\": \"";

[[noreturn]] void refuse(const std::string& place, std::string_view en, std::string_view zh) {
  throw Error(ErrorCode::InvalidData,
              {fmt::format("{}: {}; write the model again with `liantu train`", place, en),
               fmt::format("{}: {}；请用“liantu train”重新训练", place, zh)});
}

/// Reads members of the model file and says where one is wrong.
class Reader {
 public:
  Reader(const JsonValue& value, const std::string& file) : value_(value), file_(file) {}

  [[noreturn]] void fail(std::string_view en, std::string_view zh) const {
    refuse(fmt::format("{}:{}:{}", file_, value_.line(), value_.column()), en, zh);
  }
  [[nodiscard]] Reader member(std::string_view name) const {
    const JsonValue* found = value_.as_object() == nullptr ? nullptr : value_.find(name);
    if (found == nullptr) {
      fail(fmt::format("the member `{}` is missing", name), fmt::format("缺少“{}”", name));
    }
    return {*found, file_};
  }
  [[nodiscard]] double number() const {
    const double* found = value_.as_number();
    if (found == nullptr || !std::isfinite(*found)) fail("this must be a number", "此处应为数字");
    return *found;
  }
  [[nodiscard]] std::uint64_t count() const {
    const double found = number();
    if (found < 0 || found > 9007199254740992.0 || std::floor(found) != found) {
      fail("this must be a whole number of 0 or more", "此处应为非负整数");
    }
    return static_cast<std::uint64_t>(found);
  }
  [[nodiscard]] const std::string& text() const {
    const std::string* found = value_.as_string();
    if (found == nullptr) fail("this must be a text", "此处应为文本");
    return *found;
  }
  [[nodiscard]] std::vector<Reader> list() const {
    const JsonValue::Array* found = value_.as_array();
    if (found == nullptr) fail("this must be a list", "此处应为列表");
    std::vector<Reader> readers;
    for (const JsonValue& one : *found) readers.emplace_back(one, file_);
    return readers;
  }
  [[nodiscard]] std::vector<double> numbers(std::size_t expected) const {
    std::vector<double> values;
    for (const Reader& one : list()) values.push_back(one.number());
    if (values.size() != expected) {
      fail(fmt::format("there are {} numbers instead of {}", values.size(), expected),
           fmt::format("有 {} 个数，应为 {} 个", values.size(), expected));
    }
    return values;
  }

 private:
  const JsonValue& value_;
  const std::string& file_;
};

class Writer {
 public:
  Writer() { writer_.SetIndent(' ', 1); }
  void key(const char* name) { writer_.Key(name); }
  void text(const char* name, std::string_view words) {
    key(name);
    writer_.String(words.data(), static_cast<rapidjson::SizeType>(words.size()));
  }
  void number(const char* name, double value) {
    key(name);
    writer_.Double(value);
  }
  void count(const char* name, std::uint64_t value) {
    key(name);
    writer_.Uint64(value);
  }
  void numbers(const char* name, const std::vector<double>& values) {
    key(name);
    writer_.StartArray();
    for (const double value : values) writer_.Double(value);
    writer_.EndArray();
  }
  JsonWriter* operator->() { return &writer_; }
  [[nodiscard]] std::string_view result() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  JsonBuffer buffer_;
  JsonWriter writer_{buffer_};
};

void write_ranker(Writer& writer, const LinkModel& model) {
  if (const auto* logistic = std::get_if<LogisticRegression>(&model.ranker)) {
    writer.number("intercept", logistic->intercept);
    writer.numbers("means", logistic->means);
    writer.numbers("scales", logistic->scales);
    writer.numbers("weights", logistic->weights);
  } else {
    writer.text("trees",
                to_base64(std::get<std::shared_ptr<const BoostedTrees>>(model.ranker)->bytes()));
  }
}

void check_features(const Reader& features) {
  const std::vector<Reader> names = features.list();
  const std::vector<PairFeature>& known = pair_features();
  for (std::size_t i = 0; i < std::min(names.size(), known.size()); ++i) {
    if (names[i].text() == known[i].name) continue;
    names[i].fail(
        fmt::format("the model was trained on the feature `{}` where this version of "
                    "Liantu has `{}`",
                    names[i].text(), known[i].name),
        fmt::format("该模型所用特征“{}”与本版本的“{}”不符", names[i].text(), known[i].name));
  }
  if (names.size() == known.size()) return;
  features.fail(fmt::format("the model was trained on {} features, this version of Liantu has {}",
                            names.size(), known.size()),
                fmt::format("该模型用了 {} 个特征，而本版本有 {} 个", names.size(), known.size()));
}

ModelOrigin read_origin(const Reader& root) {
  ModelOrigin origin;
  const Reader relation = root.member("relation");
  const auto kind = parse_relation(relation.text());
  if (!kind) relation.fail("there is no such relation", "没有这种关系");
  origin.relation = *kind;
  const Reader end = root.member("sources");
  if (end.text() != "from" && end.text() != "to") {
    end.fail("this must be `from` or `to`", "此处应为 from 或 to");
  }
  origin.source_end = end.text() == "from" ? SourceEnd::From : SourceEnd::To;
  const Reader grouping = root.member("grouping");
  const auto group = parse_grouping(grouping.text());
  if (!group) grouping.fail("there is no such grouping", "没有这种分组");
  origin.grouping = *group;
  origin.data = root.member("data").text();
  origin.seed = root.member("seed").count();
  origin.hidden_share = root.member("hidden_share").number();
  return origin;
}

Calibration read_calibration(const Reader& from) {
  Calibration calibration;
  const std::size_t knots = from.member("margins").list().size();
  calibration.margins = from.member("margins").numbers(knots);
  calibration.probabilities = from.member("probabilities").numbers(knots);
  for (std::size_t i = 0; i < knots; ++i) {
    const double p = calibration.probabilities[i];
    const bool rising = i == 0 || (calibration.margins[i - 1] < calibration.margins[i] &&
                                   calibration.probabilities[i - 1] <= p);
    if (!rising || p < 0 || p > 1) {
      from.fail("the calibration does not rise within [0, 1]", "校准曲线未在 [0, 1] 内单调上升");
    }
  }
  return calibration;
}

void read_ranker(const Reader& root, LinkModel& model) {
  const Reader kind = root.member("kind");
  const std::size_t width = model.features.size();
  if (kind.text() == "logistic_regression") {
    LogisticRegression logistic;
    logistic.intercept = root.member("intercept").number();
    logistic.means = root.member("means").numbers(width);
    logistic.scales = root.member("scales").numbers(width);
    logistic.weights = root.member("weights").numbers(width);
    for (const double scale : logistic.scales) {
      if (!(scale > 0)) root.member("scales").fail("a scale must be above 0", "尺度必须大于 0");
    }
    model.ranker = std::move(logistic);
    return;
  }
  if (kind.text() != "boosted_trees") kind.fail("there is no such model", "没有这种模型");
  const Reader trees = root.member("trees");
  const auto bytes = from_base64(trees.text());
  if (!bytes) trees.fail("the trees are no base64", "树模型不是 base64 文本");
  try {
    model.ranker = std::make_shared<const BoostedTrees>(BoostedTrees::from_bytes(*bytes, width));
  } catch (const Error& error) {
    trees.fail(error.message().en, error.message().zh);
  }
}

}  // namespace

std::string_view LinkModel::kind() const {
  return std::holds_alternative<LogisticRegression>(ranker) ? "logistic_regression"
                                                            : "boosted_trees";
}

bool LinkModel::beats_directed_l3() const {
  const auto find = [this](std::string_view name) {
    return std::find_if(validation.begin(), validation.end(),
                        [name](const ValidationFigures& f) { return f.method == name; });
  };
  const auto own = find(kind());
  const auto other = find("directed_l3");
  return own != validation.end() && other != validation.end() && own->mrr > other->mrr &&
         own->map > other->map;
}

std::vector<double> LinkModel::margins(std::span<const float> values) const {
  if (const auto* trees = std::get_if<std::shared_ptr<const BoostedTrees>>(&ranker)) {
    return (*trees)->margins(values);
  }
  const auto& logistic = std::get<LogisticRegression>(ranker);
  std::vector<double> margins;
  for (std::size_t i = 0; i + features.size() <= values.size(); i += features.size()) {
    margins.push_back(logistic.margin(values.subspan(i, features.size())));
  }
  return margins;
}

std::vector<double> LinkModel::contributions(std::span<const float> values) const {
  if (const auto* trees = std::get_if<std::shared_ptr<const BoostedTrees>>(&ranker)) {
    return (*trees)->contributions(values);
  }
  const auto& logistic = std::get<LogisticRegression>(ranker);
  std::vector<double> parts;
  for (std::size_t i = 0; i + features.size() <= values.size(); i += features.size()) {
    const auto pair = logistic.contributions(values.subspan(i, features.size()));
    parts.insert(parts.end(), pair.begin(), pair.end());
  }
  return parts;
}

std::string link_model_json(const LinkModel& model) {
  Writer writer;
  writer->StartObject();
  writer.text("kind", model.kind());
  writer.text("relation", relation_word(model.origin.relation));
  writer.text("sources", model.origin.source_end == SourceEnd::From ? "from" : "to");
  writer.text("grouping", grouping_word(model.origin.grouping));
  writer.text("data", model.origin.data);
  writer.count("seed", model.origin.seed);
  writer.number("hidden_share", model.origin.hidden_share);
  writer.key("features");
  writer->StartArray();
  for (const std::string& name : model.features) writer->String(name.c_str());
  writer->EndArray();
  writer.key("validation");
  writer->StartArray();
  for (const ValidationFigures& figures : model.validation) {
    writer->StartObject();
    writer.text("method", figures.method);
    writer.number("mrr", figures.mrr);
    writer.number("map", figures.map);
    writer.number("recall_100", figures.recall_100);
    writer.count("sources", figures.sources);
    writer.count("links", figures.links);
    writer->EndObject();
  }
  writer->EndArray();
  writer.key("reliability");
  writer->StartArray();
  for (const ReliabilityRow& row : model.reliability) {
    writer->StartObject();
    writer.number("said", row.said);
    writer.number("came_true", row.came_true);
    writer.count("pairs", row.pairs);
    writer->EndObject();
  }
  writer->EndArray();
  writer.key("calibration");
  writer->StartObject();
  writer.numbers("margins", model.calibration.margins);
  writer.numbers("probabilities", model.calibration.probabilities);
  writer->EndObject();
  write_ranker(writer, model);
  writer->EndObject();
  // The checksum covers what stands behind its line, so the members are written behind it.
  const std::string rest = fmt::format("\",{}\n", writer.result().substr(1));
  return fmt::format("{{\n \"format\": \"{}\",\n \"version\": {},\n {}{}{}", kFormat, kVersion,
                     kChecksum, digest(rest), rest);
}

LinkModel parse_link_model(std::string_view text, const std::string& file) {
  JsonValue value;
  try {
    value = parse_json(text, file);
  } catch (const Error& error) {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}; the model file was cut short or changed, write it again with "
                             "`liantu train`",
                             error.message().en),
                 fmt::format("{}；模型文件不完整或被改动，请用“liantu train”重新训练",
                             error.message().zh)});
  }
  const Reader root(value, file);
  const Reader format = root.member("format");
  if (format.text() != kFormat) format.fail("this is no model of links", "这不是联系模型文件");
  const Reader version = root.member("version");
  if (version.number() != kVersion) {
    version.fail(fmt::format("the model is of version {}, this program reads version {}",
                             version.number(), kVersion),
                 fmt::format("模型版本为 {}，本程序只读版本 {}", version.number(), kVersion));
  }
  const Reader checksum = root.member("checksum");
  const std::size_t at = text.find(kChecksum);
  constexpr std::size_t kDigits = 32;
  if (at == std::string_view::npos || text.size() < at + kChecksum.size() + kDigits ||
      digest(text.substr(at + kChecksum.size() + kDigits)) != checksum.text()) {
    checksum.fail("the checksum does not fit: the file was changed", "校验和不符：文件被改动");
  }
  LinkModel model;
  model.origin = read_origin(root);
  check_features(root.member("features"));
  for (const PairFeature& feature : pair_features()) model.features.push_back(feature.name);
  for (const Reader& one : root.member("validation").list()) {
    model.validation.push_back({one.member("method").text(), one.member("mrr").number(),
                                one.member("map").number(), one.member("recall_100").number(),
                                static_cast<std::size_t>(one.member("sources").count()),
                                static_cast<std::size_t>(one.member("links").count())});
  }
  for (const Reader& one : root.member("reliability").list()) {
    model.reliability.push_back({one.member("said").number(), one.member("came_true").number(),
                                 static_cast<std::size_t>(one.member("pairs").count())});
  }
  model.calibration = read_calibration(root.member("calibration"));
  read_ranker(root, model);
  return model;
}

}  // namespace liantu
