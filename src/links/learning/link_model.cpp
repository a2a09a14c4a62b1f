#include "liantu/links/learning/link_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/files/json_document.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"
#include "links/learning/model_reader.hpp"
#include "links/learning/trees_json.hpp"

namespace liantu {

namespace {

constexpr std::string_view kFormat = "liantu link model";
constexpr int kVersion = 2;  // 1: trees as XGBoost wrote them
constexpr std::string_view kChecksum = "\"checksum\": \"";

void write_ranker(JsonDocument& out, const LinkModel& model) {
  if (const auto* logistic = std::get_if<LogisticRegression>(&model.ranker)) {
    out.member_exact("intercept", logistic->intercept);
    out.member_exact("means", logistic->means);
    out.member_exact("scales", logistic->scales);
    out.member_exact("weights", logistic->weights);
  } else {
    const std::string trees =
        trees_json(std::get<std::shared_ptr<const BoostedTrees>>(model.ranker)->ensemble());
    out.key("trees");
    out.raw(trees);
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
  JsonDocument out(1);
  out.open_object();
  out.member("kind", model.kind());
  out.member("relation", relation_word(model.origin.relation));
  out.member("sources", model.origin.source_end == SourceEnd::From ? "from" : "to");
  out.member("grouping", grouping_word(model.origin.grouping));
  out.member("data", model.origin.data);
  out.member_count("seed", model.origin.seed);
  out.member_exact("hidden_share", model.origin.hidden_share);
  out.key("features");
  out.open_array();
  for (const std::string& name : model.features) out.text(name);
  out.close_array();
  out.key("validation");
  out.open_array();
  for (const ValidationFigures& figures : model.validation) {
    out.open_object();
    out.member("method", figures.method);
    out.member_exact("mrr", figures.mrr);
    out.member_exact("map", figures.map);
    out.member_exact("recall_100", figures.recall_100);
    out.member_count("sources", figures.sources);
    out.member_count("links", figures.links);
    out.close_object();
  }
  out.close_array();
  out.key("reliability");
  out.open_array();
  for (const ReliabilityRow& row : model.reliability) {
    out.open_object();
    out.member_exact("said", row.said);
    out.member_exact("came_true", row.came_true);
    out.member_count("pairs", row.pairs);
    out.close_object();
  }
  out.close_array();
  out.key("calibration");
  out.open_object();
  out.member_exact("margins", model.calibration.margins);
  out.member_exact("probabilities", model.calibration.probabilities);
  out.close_object();
  write_ranker(out, model);
  out.close_object();
  // The checksum covers what stands behind its line, so the members are written behind it.
  const std::string rest = fmt::format("\",{}\n", out.written().substr(1));
  return fmt::format("{{\n \"format\": \"{}\",\n \"version\": {},\n {}{}{}", kFormat, kVersion,
                     kChecksum, digest(rest), rest);
}

LinkModel parse_link_model(std::string_view text, const std::string& name) {
  const JsonFile file = model_file(name);
  JsonValue value;
  try {
    value = parse_json(text, name);
  } catch (const Error& error) {
    throw Error(ErrorCode::InvalidData, error.place(), error.wrong(),
                {"the model file was cut short or changed, write it again with `liantu train`",
                 "模型文件不完整或被改动，请用“liantu train”重新训练"});
  }
  const ModelReader root(value, file);
  const ModelReader format = root.member("format");
  if (format.text() != kFormat) format.fail("this is not a model of links", "这不是联系模型文件");
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
