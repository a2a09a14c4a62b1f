#include "liantu/links/learning/link_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/json_memory.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/json.hpp"
#include "links/learning/model_reader.hpp"
#include "links/learning/trees_json.hpp"

namespace liantu {

namespace {

constexpr std::string_view kFormat = "liantu link model";
constexpr int kVersion = 2;  // 1: trees as XGBoost wrote them
constexpr std::string_view kChecksum = "\"checksum\": \"";

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
    const std::string trees =
        trees_json(std::get<std::shared_ptr<const BoostedTrees>>(model.ranker)->ensemble());
    writer.key("trees");
    writer->RawValue(trees.data(), trees.size(), rapidjson::kObjectType);
  }
}

void check_features(const ModelReader& features) {
  const std::vector<ModelReader> names = features.list();
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

ModelOrigin read_origin(const ModelReader& root) {
  ModelOrigin origin;
  const ModelReader relation = root.member("relation");
  const auto kind = parse_relation(relation.text());
  if (!kind) relation.fail("there is no such relation", "没有这种关系");
  origin.relation = *kind;
  const ModelReader end = root.member("sources");
  if (end.text() != "from" && end.text() != "to") {
    end.fail("this must be `from` or `to`", "此处应为 from 或 to");
  }
  origin.source_end = end.text() == "from" ? SourceEnd::From : SourceEnd::To;
  const ModelReader grouping = root.member("grouping");
  const auto group = parse_grouping(grouping.text());
  if (!group) grouping.fail("there is no such grouping", "没有这种分组");
  origin.grouping = *group;
  origin.data = root.member("data").text();
  origin.seed = root.member("seed").count();
  origin.hidden_share = root.member("hidden_share").number();
  return origin;
}

Calibration read_calibration(const ModelReader& from) {
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

void read_ranker(const ModelReader& root, LinkModel& model) {
  const ModelReader kind = root.member("kind");
  const std::size_t width = model.features.size();
  if (kind.text() == "logistic_regression") {
    LogisticRegression logistic;
    logistic.intercept = root.member("intercept").number();
    logistic.means = root.member("means").numbers(width);
    logistic.scales = root.member("scales").numbers(width);
    logistic.weights = root.member("weights").numbers(width);
    // Far beyond what training writes, so that no margin is infinite.
    constexpr double kMost = 1e100;
    for (const double scale : logistic.scales) {
      if (scale >= 1 / kMost && scale <= kMost) continue;
      root.member("scales").fail("a scale must be above 0 and of usual size",
                                 "尺度必须大于 0 且为常规大小");
    }
    const auto huge = [](double value) { return std::abs(value) > kMost; };
    if (huge(logistic.intercept) ||
        std::any_of(logistic.means.begin(), logistic.means.end(), huge) ||
        std::any_of(logistic.weights.begin(), logistic.weights.end(), huge)) {
      kind.fail("a number of the model is too large", "模型中有过大的数值");
    }
    model.ranker = std::move(logistic);
    return;
  }
  if (kind.text() != "boosted_trees") kind.fail("there is no such model", "没有这种模型");
  model.ranker = std::make_shared<const BoostedTrees>(read_trees(root.member("trees"), width));
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
  const ModelReader root(value, file);
  const ModelReader format = root.member("format");
  if (format.text() != kFormat) format.fail("this is no model of links", "这不是联系模型文件");
  const ModelReader version = root.member("version");
  if (version.number() != kVersion) {
    version.fail(fmt::format("the model is of version {}, this program reads version {}",
                             version.number(), kVersion),
                 fmt::format("模型版本为 {}，本程序只读版本 {}", version.number(), kVersion));
  }
  const ModelReader checksum = root.member("checksum");
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
  for (const ModelReader& one : root.member("validation").list()) {
    model.validation.push_back({one.member("method").text(), one.member("mrr").number(),
                                one.member("map").number(), one.member("recall_100").number(),
                                static_cast<std::size_t>(one.member("sources").count()),
                                static_cast<std::size_t>(one.member("links").count())});
  }
  for (const ModelReader& one : root.member("reliability").list()) {
    model.reliability.push_back({one.member("said").number(), one.member("came_true").number(),
                                 static_cast<std::size_t>(one.member("pairs").count())});
  }
  model.calibration = read_calibration(root.member("calibration"));
  read_ranker(root, model);
  return model;
}

}  // namespace liantu
