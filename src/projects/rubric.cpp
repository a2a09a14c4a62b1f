#include "liantu/projects/rubric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/files/json_file.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/files/json.hpp"

namespace liantu {
namespace {

constexpr std::string_view kDefault =
#include "projects/rubric_default.inc"
    ;

constexpr std::array<std::string_view, 7> kMeasures = {
    "signed_projects", "funds_in_place", "on_chain_share",   "rating",
    "events",          "above_target",   "overdue_unstarted"};

constexpr double kMostPoints = 1e6;

/// Reads the file of a rubric.
class RubricReader {
 public:
  explicit RubricReader(const std::string& file) : file_(file) {}

  Rubric read(std::string_view text) {
    const JsonValue root = parse_json(text, file_.name());
    file_.only(root,
               {"name", "source", "full", "scored", "bonuses", "penalties", "targets", "boards"});
    const JsonValue& name = file_.member(root, "name");
    rubric_.name =
        name.as_object() != nullptr ? file_.string(file_.member(name, "zh")) : file_.string(name);
    if (const JsonValue* source = root.find("source")) rubric_.source = file_.string(*source);
    if (const JsonValue* full = root.find("full")) rubric_.full = positive(*full);
    for (const JsonValue& one : file_.array(file_.member(root, "scored")))
      item(one, ItemKind::Scored);
    for (const auto& [list, kind] :
         {std::pair("bonuses", ItemKind::Bonus), std::pair("penalties", ItemKind::Penalty)}) {
      const JsonValue* items = root.find(list);
      if (items == nullptr) continue;
      for (const JsonValue& one : file_.array(*items)) item(one, kind);
    }
    check_sum(file_.member(root, "scored"));
    for (const auto& [at, of] : references_) check_reference(*at, of);
    if (const JsonValue* targets = root.find("targets")) read_targets(*targets);
    if (const JsonValue* boards = root.find("boards")) read_boards(*boards);
    return std::move(rubric_);
  }

 private:
  double positive(const JsonValue& value) const {
    const double number = file_.number(value);
    if (number > 0 && number <= 1e15) return number;
    file_.fail(value, fmt::format("{} is not above 0", number), fmt::format("{} 应大于 0", number),
               "write a number above 0", "请写大于 0 的数");
  }

  [[nodiscard]] Text text(const JsonValue& value) const {
    if (value.as_object() == nullptr) return {file_.string(value), file_.string(value)};
    file_.only(value, {"en", "zh"});
    return {file_.string(file_.member(value, "en")), file_.string(file_.member(value, "zh"))};
  }

  [[nodiscard]] RubricMeasure measure(const JsonValue& value) const {
    const std::string& word = file_.string(value);
    const auto found = std::ranges::find(kMeasures, word);
    if (found != kMeasures.end()) return static_cast<RubricMeasure>(found - kMeasures.begin());
    file_.fail(value, fmt::format("\"{}\" is not a measure", excerpt(word)),
               fmt::format("无法识别计量方式“{}”", excerpt(word)),
               fmt::format("write one of: {}", fmt::join(kMeasures, " ")),
               fmt::format("可用：{}", fmt::join(kMeasures, " ")));
  }

  [[nodiscard]] FactKey fact(const JsonValue& value, RubricMeasure measure) const {
    const FactField* field = find_fact(file_.string(value));
    const FactType type = measure == RubricMeasure::Rating ? FactType::Number : FactType::Event;
    const bool fits = field != nullptr && field->type == type &&
                      (measure == RubricMeasure::Events || field->most > 0);
    if (fits) return field->key;
    std::string known;
    for (const FactField& one : fact_fields()) {
      if (one.type != type || (measure == RubricMeasure::Rating && !(one.most > 0))) continue;
      known += fmt::format("{}{}", known.empty() ? "" : " ", one.word);
    }
    file_.fail(value, fmt::format("this measure cannot count \"{}\"", excerpt(file_.string(value))),
               fmt::format("该计量方式不能用“{}”", excerpt(file_.string(value))),
               "write one of: " + known, "可用：" + known);
  }

  [[nodiscard]] bool flag(const JsonValue& value) const {
    if (value.as_bool() != nullptr) return *value.as_bool();
    file_.fail(value, "true or false is expected here", "此处应为 true 或 false",
               "write true or false", "请写 true 或 false");
  }

  [[nodiscard]] ProjectFilter filter(const JsonValue& value) const {
    file_.only(value,
               {"least_investment", "below_investment", "outside", "on_chain", "fortune500"});
    ProjectFilter filter;
    if (const auto* least = value.find("least_investment"))
      filter.least_investment = positive(*least);
    if (const auto* below = value.find("below_investment")) {
      filter.below_investment = positive(*below);
      if (!(*filter.below_investment > filter.least_investment)) {
        file_.fail(*below, "no investment lies between the two bounds", "上下限之间没有金额",
                   "write a larger number", "请写更大的数");
      }
    }
    if (const auto* outside = value.find("outside")) filter.outside = flag(*outside);
    if (const auto* chain = value.find("on_chain")) filter.on_chain = flag(*chain);
    if (const auto* large = value.find("fortune500")) filter.fortune500 = flag(*large);
    return filter;
  }

  void item(const JsonValue& value, ItemKind kind) {
    file_.only(value,
               {"word", "name", "measure", "points", "target", "most", "where", "fact", "of"});
    RubricItem item;
    item.kind = kind;
    item.word = file_.string(file_.member(value, "word"));
    item.name = text(file_.member(value, "name"));
    item.measure = measure(file_.member(value, "measure"));
    const JsonValue& points = file_.member(value, "points");
    item.points = positive(points);
    if (item.points > kMostPoints) {
      file_.fail(points, "more points than a million", "分值超过一百万", "write fewer",
                 "请减少分值");
    }
    if (const auto* target = value.find("target")) item.target = positive(*target);
    if (const auto* most = value.find("most")) item.most = positive(*most);
    if (const auto* where = value.find("where")) item.filter = filter(*where);
    const bool needs_fact =
        item.measure == RubricMeasure::Rating || item.measure == RubricMeasure::Events;
    if (needs_fact) item.fact = fact(file_.member(value, "fact"), item.measure);
    if (item.measure == RubricMeasure::AboveTarget) {
      const JsonValue& of = file_.member(value, "of");
      item.of = file_.string(of);
      references_.emplace_back(&of, item.of);
    }
    const bool against_target =
        item.measure != RubricMeasure::Rating && item.measure != RubricMeasure::OnChainShare;
    if (kind == ItemKind::Scored && against_target && !item.target) {
      file_.fail(value, fmt::format("item {} is scored and has no target", excerpt(item.word)),
                 fmt::format("考评项 {} 没有目标值", excerpt(item.word)), "add \"target\"",
                 "请补 \"target\"");
    }
    for (const RubricItem& other : rubric_.items) {
      if (other.word != item.word) continue;
      file_.fail(value, fmt::format("two items are called {}", excerpt(item.word)),
                 fmt::format("有两项都叫 {}", excerpt(item.word)), "give each a word of its own",
                 "请各取不同的 word");
    }
    rubric_.items.push_back(std::move(item));
  }

  void check_sum(const JsonValue& scored) const {
    double sum = 0;
    for (const RubricItem& one : rubric_.items) {
      if (one.kind == ItemKind::Scored) sum += one.points;
    }
    if (std::abs(sum - rubric_.full) < 1e-6) return;
    file_.fail(
        scored,
        fmt::format("the points of the scored items add up to {}, not to {}", sum, rubric_.full),
        fmt::format("各考评项分值合计 {}，不等于满分 {}", sum, rubric_.full),
        "correct the points, or \"full\"", "请更正分值或 \"full\"");
  }

  [[nodiscard]] const RubricItem* item_named(std::string_view word) const {
    const auto found = std::ranges::find(rubric_.items, word, &RubricItem::word);
    return found == rubric_.items.end() ? nullptr : &*found;
  }

  void check_reference(const JsonValue& at, const std::string& of) const {
    const RubricItem* item = item_named(of);
    if (item != nullptr && item->kind == ItemKind::Scored && item->target) return;
    file_.fail(at, fmt::format("\"{}\" is not a scored item with a target", excerpt(of)),
               fmt::format("“{}”不是带目标值的考评项", excerpt(of)), "write the word of one",
               "请写其 word");
  }

  void read_targets(const JsonValue& value) {
    for (const auto& [team, targets] : file_.object(value)) {
      for (const auto& [word, target] : file_.object(targets)) {
        const RubricItem* item = item_named(word);
        if (item == nullptr || !item->target) {
          file_.fail(target, fmt::format("\"{}\" is not an item with a target", excerpt(word)),
                     fmt::format("“{}”不是带目标值的考评项", excerpt(word)),
                     "write the word of one", "请写其 word");
        }
        rubric_.targets[team][word] = positive(target);
      }
    }
  }

  void read_boards(const JsonValue& value) {
    file_.only(value, {"red", "black", "black_below"});
    if (const auto* red = value.find("red")) rubric_.red = file_.count(*red);
    if (const auto* black = value.find("black")) rubric_.black = file_.count(*black);
    if (const auto* below = value.find("black_below")) rubric_.black_below = file_.number(*below);
  }

  JsonFile file_;
  Rubric rubric_;
  std::vector<std::pair<const JsonValue*, std::string>> references_;
};

}  // namespace

std::string_view rubric_measure_word(RubricMeasure measure) {
  return kMeasures[static_cast<std::size_t>(measure)];
}

std::string_view default_rubric_json() { return kDefault; }

Rubric default_rubric() { return parse_rubric(kDefault, "rubric.json"); }

Rubric parse_rubric(std::string_view text, const std::string& file) {
  return RubricReader(file).read(text);
}

}  // namespace liantu
