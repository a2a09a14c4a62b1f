#include "liantu/land/per_mu/per_mu.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/run/stopping.hpp"
#include "chain/firms/status.hpp"
#include "land/per_mu/firm_rules.hpp"
#include "land/per_mu/grading.hpp"
#include "land/per_mu/lift.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "liantu/graph/views/region_firms.hpp"

namespace liantu {
namespace {

constexpr Interrupted kInterrupted{"the rating was interrupted", "评价已中断"};

bool has_data(const ItemScore& item) {
  return item.by == ScoredBy::Ratio || item.by == ScoredBy::Cap || item.by == ScoredBy::Floor;
}

class Rating {
 public:
  Rating(const EnterpriseGraph& graph, const PerMuScheme& scheme, const PerMuOptions& options)
      : graph_(graph), options_(options) {
    report_.scheme = scheme;
    report_.as_of = options.as_of.known() ? options.as_of : data_date(graph);
    report_.scheme.land.as_of = report_.as_of;
    report_.classes.resize(scheme.classes.size());
  }

  PerMuReport run() {
    choose_firms();
    for (std::size_t c = 0; c < report_.scheme.classes.size(); ++c) find_ratios(c);
    for (std::size_t c = 0; c < report_.scheme.classes.size(); ++c) score_ratios(c);
    for (std::size_t c = 0; c < report_.scheme.classes.size(); ++c) fill_means(c);
    for (std::size_t c = 0; c < report_.scheme.classes.size(); ++c) rank(c);
    order();
    return std::move(report_);
  }

 private:
  const PerMuClass& rules(std::size_t c) const { return report_.scheme.classes[c]; }

  void choose_firms() {
    std::vector<FirmId> firms;
    const auto add = [&](FirmId firm) {
      if (!gone(graph_, firm)) firms.push_back(firm);
    };
    if (options_.region.known()) {
      for (const FirmId firm : RegionFirms(graph_, options_.region)) add(firm);
    } else {
      for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) add(FirmId{i});
    }
    const std::vector<LandUse> land = land_use(graph_, firms, report_.scheme.land);
    members_.resize(report_.scheme.classes.size());
    for (std::size_t i = 0; i < firms.size(); ++i) {
      check_stop(options_.stop, kInterrupted);
      PerMuRow row;
      row.firm = firms[i];
      row.land = land[i];
      classify(row);
      if (row.rated == RatedAs::NoClass) {
        ++report_.no_class;
      } else {
        members_[row.in_class].push_back(report_.rows.size());
      }
      report_.rows.push_back(std::move(row));
    }
  }

  void classify(PerMuRow& row) const {
    for (std::size_t c = 0; c < report_.scheme.classes.size(); ++c) {
      const FirmRule& when = rules(c).when;
      if (!when.empty() && !fits(graph_, row.firm, when, row.land, report_.as_of, &row.lacking)) {
        continue;
      }
      row.in_class = c;
      row.rated = RatedAs::Unrated;
      row.items.resize(rules(c).items.size());
      break;
    }
    for (std::size_t e = 0; e < report_.scheme.exemptions.size(); ++e) {
      const FirmRule& when = report_.scheme.exemptions[e].when;
      if (!fits(graph_, row.firm, when, row.land, report_.as_of, nullptr)) continue;
      row.exemption = e;
      break;
    }
  }

  void find_ratios(std::size_t c) {
    for (std::size_t i = 0; i < rules(c).items.size(); ++i) {
      const PerMuItem& rule = rules(c).items[i];
      const double unit = *ratio_unit(rule.numerator, rule.denominator, rule.unit);
      double sum = 0;
      std::size_t count = 0;
      for (const std::size_t at : members_[c]) {
        PerMuRow& row = report_.rows[at];
        ItemScore& item = row.items[i];
        item.numerator = figure_of(graph_, row.firm, rule.numerator, row.land);
        item.denominator = figure_of(graph_, row.firm, rule.denominator, row.land);
        if (!item.numerator || !item.denominator || !(item.denominator->value > 0)) continue;
        item.ratio = item.numerator->value / item.denominator->value / unit;
        if (row.exemption) continue;
        sum += *item.ratio;
        ++count;
      }
      std::optional<double> base = rule.base;
      if (!base && count > 0 && sum > 0) {
        base = rule.mean_times * sum / static_cast<double>(count);
      }
      for (const std::size_t at : members_[c]) report_.rows[at].items[i].base = base;
    }
  }

  void score_ratios(std::size_t c) {
    for (const std::size_t at : members_[c]) {
      for (std::size_t i = 0; i < rules(c).items.size(); ++i) {
        ItemScore& item = report_.rows[at].items[i];
        if (!item.ratio || !item.base) continue;
        const ItemReckoning reckoned =
            reckon(rules(c).items[i], item.numerator->value, item.denominator->value, *item.base);
        item.score = reckoned.score;
        item.by = reckoned.by;
      }
    }
  }

  std::optional<double> mean_score(std::size_t c, const PerMuItem& rule) const {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t other = 0; other < members_.size(); ++other) {
      const bool own = rule.mean_of.empty() && other == c;
      if (!own && std::ranges::find(rule.mean_of, rules(other).name) == rule.mean_of.end())
        continue;
      const auto& items = rules(other).items;
      const auto place = std::ranges::find(items, rule.name, &PerMuItem::name) - items.begin();
      for (const std::size_t at : members_[other]) {
        const PerMuRow& row = report_.rows[at];
        const ItemScore& item = row.items[static_cast<std::size_t>(place)];
        if (row.exemption || !has_data(item)) continue;
        sum += item.score;
        ++count;
      }
    }
    return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
  }

  void fill_means(std::size_t c) {
    for (std::size_t i = 0; i < rules(c).items.size(); ++i) {
      const PerMuItem& rule = rules(c).items[i];
      const auto mean =
          rule.missing == MissingItem::Mean ? mean_score(c, rule) : std::optional<double>();
      for (const std::size_t at : members_[c]) {
        PerMuRow& row = report_.rows[at];
        ItemScore& item = row.items[i];
        if (has_data(item)) continue;
        if (item.denominator && !(item.denominator->value > 0))
          row.zero.push_back(rule.denominator);
        switch (rule.missing) {
          case MissingItem::Mean:
            if (!mean) break;
            item.by = ScoredBy::Mean;
            item.score = *mean;
            continue;
          case MissingItem::Zero:
            item.by = ScoredBy::Zero;
            continue;
          case MissingItem::Exempt:
            item.by = ScoredBy::Exempt;
            continue;
          case MissingItem::Unrated:
            break;
        }
        if (!item.numerator) row.lacking.push_back(rule.numerator);
        if (!item.denominator) row.lacking.push_back(rule.denominator);
      }
    }
  }

  void rank(std::size_t c) {
    PerMuSummary& summary = report_.classes[c];
    std::vector<double> scores;
    for (const std::size_t at : members_[c]) {
      check_stop(options_.stop, kInterrupted);
      PerMuRow& row = report_.rows[at];
      keep_once(row.lacking);
      keep_once(row.zero);
      ++summary.firms;
      const auto counts = [](const ItemScore& item) { return item.by != ScoredBy::Exempt; };
      const bool lacks = std::ranges::any_of(
          row.items, [](const ItemScore& item) { return item.by == ScoredBy::Lacking; });
      const double sum = total(rules(c), row.items);
      const bool scored =
          !lacks && std::ranges::any_of(row.items, counts) && std::isfinite(sum * 100);
      if (scored) row.score = to_cents(sum);
      row.rated = row.exemption ? RatedAs::Exempt : scored ? RatedAs::Ranked : RatedAs::Unrated;
      if (row.rated == RatedAs::Ranked) scores.push_back(*row.score);
      if (row.exemption) row.grade = report_.scheme.exemptions[*row.exemption].counts_as;
      ++(row.exemption ? summary.exempt : scored ? summary.ranked : summary.unrated);
    }
    const Grading grading(rules(c).grades, std::move(scores));
    for (const std::size_t at : members_[c]) {
      PerMuRow& row = report_.rows[at];
      if (row.rated != RatedAs::Ranked) continue;
      row.rank = static_cast<std::uint32_t>(grading.rank(*row.score));
      row.grade = grading.grade(*row.score);
      if (!row.grade) continue;
      ++summary.grades[static_cast<std::size_t>(*row.grade - 'A')];
      find_lift(c, grading, row);
    }
    summarise(grading.scores(), summary);
  }

  void find_lift(std::size_t c, const Grading& grading, PerMuRow& row) const {
    const auto needed = grading.needed(*row.grade);
    if (!needed) return;
    Lift lift;
    lift.grade = static_cast<char>(*row.grade - 1);
    lift.score = *needed;
    lift.points = to_cents(*needed - *row.score);
    lift.by = lifts(rules(c), row.items, *needed);
    row.lift = std::move(lift);
  }

  static void summarise(const std::vector<double>& descending, PerMuSummary& summary) {
    if (descending.empty()) return;
    const std::size_t half = descending.size() / 2;
    summary.most = descending.front();
    summary.least = descending.back();
    summary.median = descending.size() % 2 == 1
                         ? descending[half]
                         : to_cents((descending[half - 1] + descending[half]) / 2);
  }

  static void keep_once(std::vector<Quantity>& list) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }

  void order() {
    const auto key = [&](const PerMuRow& row) {
      const EntityId entity = graph_.entity(row.firm);
      const std::string_view code = graph_.text(entity, EntityText::Code);
      const bool none = row.rated == RatedAs::NoClass;
      return std::tuple(none, row.in_class, row.rated, row.rank, code.empty(), code,
                        graph_.name(entity), row.firm);
    };
    std::ranges::sort(report_.rows,
                      [&](const PerMuRow& a, const PerMuRow& b) { return key(a) < key(b); });
  }

  const EnterpriseGraph& graph_;
  const PerMuOptions& options_;
  PerMuReport report_;
  std::vector<std::vector<std::size_t>> members_;  // of each class, places in the rows
};

}  // namespace

PerMuReport rate_per_mu(const EnterpriseGraph& graph, const PerMuScheme& scheme,
                        const PerMuOptions& options) {
  return Rating(graph, scheme, options).run();
}

std::vector<std::vector<FloorCheck>> check_floors(const EnterpriseGraph& graph,
                                                  std::span<const FirmId> firms,
                                                  std::span<const PerMuFloor> floors,
                                                  const LandRules& land) {
  const std::vector<LandUse> uses = land_use(graph, firms, land);
  std::vector<std::vector<FloorCheck>> checks(firms.size());
  for (std::size_t i = 0; i < firms.size(); ++i) {
    for (const PerMuFloor& floor : floors) {
      FloorCheck& check = checks[i].emplace_back();
      const auto above = figure_of(graph, firms[i], floor.numerator, uses[i]);
      const auto below = figure_of(graph, firms[i], floor.denominator, uses[i]);
      if (!above || !below || !(below->value > 0)) continue;
      check.ratio =
          above->value / below->value / *ratio_unit(floor.numerator, floor.denominator, floor.unit);
      check.basis = softer(above->basis, below->basis);
      check.held = *check.ratio >= floor.at_least ? FloorHeld::Held : FloorHeld::Missed;
    }
  }
  return checks;
}

std::string_view scored_by_word(ScoredBy by) {
  switch (by) {
    case ScoredBy::Ratio:
      return "ratio";
    case ScoredBy::Cap:
      return "cap";
    case ScoredBy::Floor:
      return "floor";
    case ScoredBy::Mean:
      return "mean";
    case ScoredBy::Zero:
      return "zero";
    case ScoredBy::Exempt:
      return "exempt";
    case ScoredBy::Lacking:
      break;
  }
  return "lacking";
}

Text scored_by_text(ScoredBy by) {
  switch (by) {
    case ScoredBy::Ratio:
      return {"by ratio", "按指标值"};
    case ScoredBy::Cap:
      return {"at the cap", "封顶"};
    case ScoredBy::Floor:
      return {"at the floor", "保底"};
    case ScoredBy::Mean:
      return {"no data: mean of the others", "缺数据，按平均分"};
    case ScoredBy::Zero:
      return {"no data: 0", "缺数据，记 0 分"};
    case ScoredBy::Exempt:
      return {"no data: does not count", "缺数据，不计此项"};
    case ScoredBy::Lacking:
      break;
  }
  return {"no data", "缺数据"};
}

std::string_view rated_word(RatedAs rated) {
  switch (rated) {
    case RatedAs::Ranked:
      return "ranked";
    case RatedAs::Exempt:
      return "exempt";
    case RatedAs::Unrated:
      return "unrated";
    case RatedAs::NoClass:
      break;
  }
  return "no_class";
}

Text rated_text(RatedAs rated) {
  switch (rated) {
    case RatedAs::Ranked:
      return {"ranked", "参评"};
    case RatedAs::Exempt:
      return {"exempt", "不定等级"};
    case RatedAs::Unrated:
      return {"not rated", "缺数据未评"};
    case RatedAs::NoClass:
      break;
  }
  return {"in no class", "不属评价范围"};
}

std::string_view floor_word(FloorHeld held) {
  switch (held) {
    case FloorHeld::Held:
      return "held";
    case FloorHeld::Missed:
      return "missed";
    case FloorHeld::Unknown:
      break;
  }
  return "unknown";
}

Text floor_text(FloorHeld held) {
  switch (held) {
    case FloorHeld::Held:
      return {"held", "达标"};
    case FloorHeld::Missed:
      return {"missed", "未达标"};
    case FloorHeld::Unknown:
      break;
  }
  return {"not known", "未知"};
}

}  // namespace liantu
