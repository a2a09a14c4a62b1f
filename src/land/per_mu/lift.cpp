#include "land/per_mu/lift.hpp"

#include <algorithm>
#include <cmath>

namespace liantu {
namespace {

bool by_figures(const ItemScore& item) {
  return item.by == ScoredBy::Ratio || item.by == ScoredBy::Cap || item.by == ScoredBy::Floor;
}

// Nobody is told to send people home or to sell less.
bool may_be_saved(Quantity quantity) {
  switch (quantity) {
    case Quantity::Land:
    case Quantity::Energy:
    case Quantity::Emission:
    case Quantity::Electricity:
    case Quantity::FloorSpace:
      return true;
    default:
      return false;
  }
}

class Lifting {
 public:
  Lifting(const PerMuClass& rules, const std::vector<ItemScore>& items, double score)
      : rules_(rules), items_(items), changed_(items), score_(score) {}

  std::optional<LiftBy> with(Quantity quantity) {
    std::optional<double> from;
    bool above = false;
    bool below = false;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!by_figures(items_[i])) continue;
      if (rules_.items[i].numerator == quantity) {
        above = true;
        from = items_[i].numerator->value;
      }
      if (rules_.items[i].denominator == quantity) {
        below = true;
        from = items_[i].denominator->value;
      }
    }
    if (!from || above == below) return std::nullopt;  // what helps one item would hurt another
    if (below && !may_be_saved(quantity)) return std::nullopt;
    const auto to = above ? more(quantity, *from) : less(quantity, *from);
    return to ? std::optional(LiftBy{quantity, *from, *to}) : std::nullopt;
  }

 private:
  double sum_with(Quantity quantity, double value) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const PerMuItem& rule = rules_.items[i];
      const ItemScore& item = items_[i];
      if (!by_figures(item) || (rule.numerator != quantity && rule.denominator != quantity))
        continue;
      const double numerator = rule.numerator == quantity ? value : item.numerator->value;
      const double denominator = rule.denominator == quantity ? value : item.denominator->value;
      changed_[i].score = reckon(rule, numerator, denominator, *item.base).score;
    }
    const double sum = total(rules_, changed_);
    changed_ = items_;
    return sum;
  }

  // Points a unit more of it brings where no cap and no floor holds.
  double slope(Quantity quantity) {
    const double scale = total_scale();
    double slope = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const PerMuItem& rule = rules_.items[i];
      if (!by_figures(items_[i]) || rule.numerator != quantity) continue;
      slope += scale * reckon_slope(rule, items_[i]);
    }
    return slope;
  }

  double total_scale() const {
    double points = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].by != ScoredBy::Exempt) points += rules_.items[i].points;
    }
    return rules_.points / points;
  }

  static double reckon_slope(const PerMuItem& rule, const ItemScore& item) {
    const double unit = *ratio_unit(rule.numerator, rule.denominator, rule.unit);
    return rule.points / (*item.base * unit * item.denominator->value);
  }

  // Whether a value is just enough, but for rounding.
  bool just_enough(Quantity quantity, double value) {
    return std::abs(sum_with(quantity, value) - score_) <= 1e-9 * std::max(1.0, std::abs(score_));
  }

  std::optional<double> more(Quantity quantity, double from) {
    const double lacking = score_ - total(rules_, items_);
    const double straight = from + lacking / slope(quantity);
    if (just_enough(quantity, straight)) return straight;
    // Caps and floors bend it.
    double low = from;
    double high = std::max({1.0, std::abs(from), straight});
    for (int doubled = 0; sum_with(quantity, high) < score_; ++doubled) {
      if (doubled == 40) return std::nullopt;
      low = high;
      high *= 2;
    }
    return between(quantity, low, high);
  }

  std::optional<double> less(Quantity quantity, double from) {
    double part = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (by_figures(items_[i]) && rules_.items[i].denominator == quantity) part += items_[i].score;
    }
    part *= total_scale();
    const double lacking = score_ - total(rules_, items_);
    if (!(part > 0)) return std::nullopt;  // less of it would make a loss weigh more
    const double straight = from * part / (part + lacking);
    if (just_enough(quantity, straight)) return straight;
    double low = from;
    double high = straight;
    for (int halved = 0; sum_with(quantity, high) < score_; ++halved) {
      if (halved == 40) return std::nullopt;
      low = high;
      high /= 2;
    }
    return between(quantity, low, high);
  }

  // `enough` is the bound that reaches the score.
  double between(Quantity quantity, double not_enough, double enough) {
    for (int step = 0; step < 60; ++step) {
      const double middle = (not_enough + enough) / 2;
      (sum_with(quantity, middle) >= score_ ? enough : not_enough) = middle;
    }
    return enough;
  }

  const PerMuClass& rules_;
  const std::vector<ItemScore>& items_;
  std::vector<ItemScore> changed_;
  double score_;
};

}  // namespace

ItemReckoning reckon(const PerMuItem& item, double numerator, double denominator, double base) {
  const double unit = *ratio_unit(item.numerator, item.denominator, item.unit);
  const double score = numerator / denominator / unit / base * item.points;
  if (item.cap && score > *item.cap) return {*item.cap, ScoredBy::Cap};
  if (item.floor && score < *item.floor) return {*item.floor, ScoredBy::Floor};
  return {score, ScoredBy::Ratio};
}

double total(const PerMuClass& rules, const std::vector<ItemScore>& items) {
  double sum = 0;
  double points = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].by == ScoredBy::Exempt) continue;
    sum += items[i].score;
    points += rules.items[i].points;
  }
  return points < rules.points && points > 0 ? sum * rules.points / points : sum;
}

std::vector<LiftBy> lifts(const PerMuClass& rules, const std::vector<ItemScore>& items,
                          double score) {
  Lifting lifting(rules, items, score);
  std::vector<LiftBy> by;
  for (const Quantity quantity : kQuantities) {
    if (const auto one = lifting.with(quantity)) by.push_back(*one);
  }
  return by;
}

}  // namespace liantu
