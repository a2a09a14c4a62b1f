#include "liantu/land/per_mu/per_mu_scheme.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "land/per_mu/rule_file.hpp"

namespace liantu {
namespace {

class SchemeReader : RuleFile {
 public:
  using RuleFile::RuleFile;

  PerMuScheme read(std::string_view words) const {
    const JsonValue root = parse_json(words, name());
    only(root, {"about", "name", "title", "source", "classes", "exempt", "land", "floors"});
    PerMuScheme scheme;
    scheme.name = string(member(root, "name"));
    scheme.title =
        root.find("title") == nullptr ? Text{scheme.name, scheme.name} : text(*root.find("title"));
    if (const JsonValue* about = root.find("about")) scheme.about = text(*about);
    if (const JsonValue* source = root.find("source")) scheme.source = string(*source);
    const JsonValue& classes = member(root, "classes");
    for (const JsonValue& entry : array(classes)) read_class(entry, scheme);
    if (scheme.classes.empty()) {
      fail(classes, "a scheme needs at least one class of firms", "评价办法至少要有一类企业",
           "write a class with its items", "请写出一类企业及其指标");
    }
    check_means(classes, scheme);
    if (const JsonValue* exempt = root.find("exempt")) read_exemptions(*exempt, scheme);
    if (const JsonValue* land = root.find("land")) scheme.land = read_land(*land);
    if (const JsonValue* floors_of = root.find("floors")) scheme.floors = floors(*floors_of);
    return scheme;
  }

 private:
  void read_class(const JsonValue& entry, PerMuScheme& scheme) const {
    only(entry, {"name", "title", "when", "points", "items", "grades"});
    PerMuClass one;
    const JsonValue& word = member(entry, "name");
    one.name = string(word);
    if (std::ranges::find(scheme.classes, one.name, &PerMuClass::name) != scheme.classes.end()) {
      fail(word, fmt::format("the class \"{}\" stands twice", excerpt(one.name)),
           fmt::format("类别“{}”重复", excerpt(one.name)), "give each its own name", "请分别命名");
    }
    if (!scheme.classes.empty() && scheme.classes.back().when.empty()) {
      fail(entry,
           fmt::format("no firm can reach this class: the class \"{}\" before it takes every firm",
                       excerpt(scheme.classes.back().name)),
           fmt::format("前面的类别“{}”没有条件，任何企业都到不了此类",
                       excerpt(scheme.classes.back().name)),
           "give the class before it a \"when\"", "请为前面的类别写明 \"when\"");
    }
    one.title =
        entry.find("title") == nullptr ? Text{one.name, one.name} : text(*entry.find("title"));
    if (const JsonValue* when = entry.find("when")) one.when = firm_rule(*when);
    if (const JsonValue* points = entry.find("points")) one.points = above_zero(*points);
    const JsonValue& items = member(entry, "items");
    double sum = 0;
    for (const JsonValue& item : array(items)) {
      one.items.push_back(read_item(item, one));
      sum += one.items.back().points;
    }
    if (std::abs(sum - one.points) > 1e-9) {
      fail(items, fmt::format("the points of the items sum to {} instead of {}", sum, one.points),
           fmt::format("各项分值之和为 {}，应为 {}", sum, one.points),
           "mend the points, or write in \"points\" what the class sums to",
           "请更正分值，或在该类的 \"points\" 中写明总分");
    }
    if (const JsonValue* grades = entry.find("grades")) one.grades = read_grades(*grades);
    scheme.classes.push_back(std::move(one));
  }

  PerMuItem read_item(const JsonValue& entry, const PerMuClass& in) const {
    only(entry, {"name", "title", "numerator", "denominator", "unit", "base", "points", "cap",
                 "floor", "missing"});
    PerMuItem item;
    const JsonValue& word = member(entry, "name");
    item.name = string(word);
    if (std::ranges::find(in.items, item.name, &PerMuItem::name) != in.items.end()) {
      fail(word, fmt::format("the item \"{}\" stands twice", excerpt(item.name)),
           fmt::format("指标“{}”重复", excerpt(item.name)), "keep one of them", "请只保留一项");
    }
    item.numerator = quantity(member(entry, "numerator"));
    item.denominator = quantity(member(entry, "denominator"));
    if (item.numerator == item.denominator) {
      fail(entry, "numerator and denominator are the same", "分子与分母相同",
           "write two different ones", "请写不同的两项");
    }
    item.unit = unit(entry, item.numerator, item.denominator);
    const Text above = quantity_text(item.numerator);
    const Text below = quantity_text(item.denominator);
    item.title = entry.find("title") == nullptr ? Text{fmt::format("{} by {}", above.en, below.en),
                                                       fmt::format("{}/{}", above.zh, below.zh)}
                                                : text(*entry.find("title"));
    const JsonValue& base = member(entry, "base");
    if (base.as_object() != nullptr) {
      only(base, {"mean_times"});
      item.mean_times = above_zero(member(base, "mean_times"));
    } else {
      item.base = above_zero(base);
    }
    item.points = above_zero(member(entry, "points"));
    if (const JsonValue* cap = entry.find("cap")) {
      item.cap = number(*cap);
      if (*item.cap < item.points) {
        fail(*cap, fmt::format("the cap {} lies below the points {}", *item.cap, item.points),
             fmt::format("上限 {} 低于分值 {}", *item.cap, item.points),
             "write the most points that the item may earn", "请写该项最多可得的分数");
      }
    }
    if (const JsonValue* floor = entry.find("floor")) {
      item.floor = number(*floor);
      if (*item.floor > item.points) {
        fail(*floor, fmt::format("the floor {} lies above the points {}", *item.floor, item.points),
             fmt::format("下限 {} 高于分值 {}", *item.floor, item.points),
             "write the least points that the item may earn", "请写该项最少可得的分数");
      }
    }
    if (const JsonValue* missing = entry.find("missing")) read_missing(*missing, item);
    return item;
  }

  void read_missing(const JsonValue& value, PerMuItem& item) const {
    if (value.as_object() != nullptr) {
      only(value, {"mean_of"});
      item.missing = MissingItem::Mean;
      item.mean_of = strings(member(value, "mean_of"));
      return;
    }
    const std::string& word = string(value);
    if (word == "mean") {
      item.missing = MissingItem::Mean;
    } else if (word == "zero") {
      item.missing = MissingItem::Zero;
    } else if (word == "exempt") {
      item.missing = MissingItem::Exempt;
    } else if (word != "unrated") {
      fail(value, fmt::format("\"{}\" is not a way to treat a missing item", excerpt(word)),
           fmt::format("“{}”不是缺项的处理办法", excerpt(word)),
           "write \"mean\", \"zero\", \"exempt\", \"unrated\" or { \"mean_of\": [classes] }",
           "请写 \"mean\"、\"zero\"、\"exempt\"、\"unrated\" 或 { \"mean_of\": [类别] }");
    }
  }

  // A mean over other classes needs the item there.
  void check_means(const JsonValue& classes, const PerMuScheme& scheme) const {
    for (std::size_t c = 0; c < scheme.classes.size(); ++c) {
      for (std::size_t i = 0; i < scheme.classes[c].items.size(); ++i) {
        const PerMuItem& item = scheme.classes[c].items[i];
        const JsonValue& at = (*array(classes)[c].find("items")->as_array())[i];
        for (const std::string& of : item.mean_of) {
          const auto found = std::ranges::find(scheme.classes, of, &PerMuClass::name);
          const bool there =
              found != scheme.classes.end() &&
              std::ranges::find(found->items, item.name, &PerMuItem::name) != found->items.end();
          if (there) continue;
          fail(at,
               fmt::format("no class \"{}\" has an item \"{}\"", excerpt(of), excerpt(item.name)),
               fmt::format("没有含指标“{1}”的类别“{0}”", excerpt(of), excerpt(item.name)),
               "name classes in which the item stands", "请写含有该指标的类别");
        }
      }
    }
  }

  GradeRule read_grades(const JsonValue& value) const {
    only(value, {"by", "A", "B", "C"});
    GradeRule rule;
    const JsonValue& by = member(value, "by");
    const std::string& word = string(by);
    if (word != "score" && word != "rank") {
      fail(by, fmt::format("grades cannot be given by \"{}\"", excerpt(word)),
           fmt::format("不能按“{}”定等级", excerpt(word)), "write \"score\" or \"rank\"",
           "请写 \"score\" 或 \"rank\"");
    }
    rule.by = word == "score" ? GradeBy::Score : GradeBy::Rank;
    constexpr std::string_view kGrades[] = {"A", "B", "C"};
    for (std::size_t i = 0; i < 3; ++i) {
      const JsonValue& bound = member(value, kGrades[i]);
      rule.bounds[i] = rule.by == GradeBy::Rank ? share(bound) : number(bound);
    }
    const auto [a, b, c] = rule.bounds;
    const bool ordered = rule.by == GradeBy::Rank ? a <= b && b <= c : a >= b && b >= c;
    if (!ordered) {
      fail(value, "the bounds of A, B and C are out of order", "A、B、C 的界限次序不对",
           rule.by == GradeBy::Rank ? "write shares counted from the top: A 0.25, B 0.70, C 0.95"
                                    : "write least scores: A the highest, C the lowest",
           rule.by == GradeBy::Rank ? "请写自上而下的累计占比：A 0.25、B 0.70、C 0.95"
                                    : "请写最低分：A 最高，C 最低");
    }
    return rule;
  }

  void read_exemptions(const JsonValue& value, PerMuScheme& scheme) const {
    for (const JsonValue& entry : array(value)) {
      only(entry, {"when", "counts_as", "reason"});
      Exemption one;
      one.when = firm_rule(member(entry, "when"));
      if (const JsonValue* as = entry.find("counts_as")) one.counts_as = grade(*as);
      one.reason = text(member(entry, "reason"));
      scheme.exemptions.push_back(std::move(one));
    }
  }

  LandRules read_land(const JsonValue& value) const {
    only(value, {"shared", "plot_ratio"});
    LandRules rules;
    if (const JsonValue* shared = value.find("shared")) {
      const std::string& word = string(*shared);
      if (word == "equally") {
        rules.shared = SharedLand::Equally;
      } else if (word != "floor_space") {
        fail(*shared, fmt::format("shared land cannot be divided by \"{}\"", excerpt(word)),
             fmt::format("共用土地不能按“{}”分摊", excerpt(word)),
             "write \"floor_space\" or \"equally\"", "请写 \"floor_space\" 或 \"equally\"");
      }
    }
    if (const JsonValue* ratio = value.find("plot_ratio")) rules.plot_ratio = above_zero(*ratio);
    return rules;
  }
};

}  // namespace

bool FirmRule::empty() const {
  return tags.empty() && types.empty() && statuses.empty() && industries.empty() &&
         at_least.empty() && !founded_within_years;
}

PerMuScheme parse_per_mu_scheme(std::string_view text, const std::string& file) {
  return SchemeReader(file).read(text);
}

}  // namespace liantu
