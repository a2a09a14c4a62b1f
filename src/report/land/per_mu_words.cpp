#include "report/land/per_mu_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "liantu/base/values/money.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

Text unit_text(Quantity quantity) {
  switch (quantity) {
    case Quantity::Staff:
      return {" heads", "人"};
    case Quantity::Land:
      return {" mu", "亩"};
    case Quantity::Energy:
      return {" tce", "吨标准煤"};
    case Quantity::Emission:
      return {" t", "吨"};
    case Quantity::Electricity:
      return {" kWh", "千瓦时"};
    case Quantity::FloorSpace:
      return {" m²", "平方米"};
    default:
      return {"", ""};
  }
}

// The narrowest of 1, 2, 5, 10 … that makes at most `most` bands.
double band_width(double range, double most) {
  for (double width = 1;; width *= 10) {
    for (const double times : {1.0, 2.0, 5.0}) {
      if (range <= width * times * most) return width * times;
    }
  }
}

}  // namespace

std::string short_number(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  const double rounded = std::round(value * scale) / scale;
  if (!std::isfinite(rounded) || std::abs(value) >= 1e15) return plain_number(value);
  std::string text = fmt::format("{:.{}f}", rounded, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

namespace {

// To three digits, never too little.
double rounded_up(double value) {
  if (!(value > 0)) return value;
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 2);
  return std::ceil(value / step - 1e-9) * step;
}

}  // namespace

std::string quantity_amount(Quantity quantity, double value, Language language) {
  if (is_money(quantity)) return format_money(Money{value}, language);
  return short_number(value, 2) + unit_text(quantity).in(language);
}

std::string arithmetic_text(const PerMuItem& rule, const ItemScore& item, Language language) {
  const std::string& title = rule.title.in(language);
  const bool zh = language == Language::Zh;
  switch (item.by) {
    case ScoredBy::Ratio:
    case ScoredBy::Cap:
    case ScoredBy::Floor: {
      const std::string plain = fmt::format(
          "{} {}÷{}×{}={}", title, short_number(*item.ratio, 4), short_number(*item.base, 4),
          short_number(rule.points, 4), short_number(*item.ratio / *item.base * rule.points, 2));
      if (item.by == ScoredBy::Ratio) return plain;
      return fmt::format("{}{}{} {}{}", plain, zh ? "（" : " (",
                         scored_by_text(item.by).in(language), short_number(item.score, 2),
                         zh ? "）" : ")");
    }
    case ScoredBy::Lacking:
      return fmt::format("{} –", title);
    default:
      return fmt::format("{} {}{}{}{}", title, short_number(item.score, 2), zh ? "（" : " (",
                         scored_by_text(item.by).in(language), zh ? "）" : ")");
  }
}

std::string lift_text(const Lift& lift, Language language) {
  const bool zh = language == Language::Zh;
  std::string ways;
  for (const LiftBy& one : lift.by) {
    const bool more = one.to > one.from;
    if (!ways.empty()) ways += zh ? "，或" : ", or ";
    const std::string by =
        quantity_amount(one.quantity, rounded_up(std::abs(one.to - one.from)), language);
    ways +=
        zh ? fmt::format("{}{}{}", quantity_text(one.quantity).zh, more ? "增加" : "减少", by)
           : fmt::format("{} {} {}", by, more ? "more" : "less", quantity_text(one.quantity).en);
  }
  if (ways.empty()) ways = zh ? "单靠一项达不到" : "no single change is enough";
  const std::string points = short_number(lift.points, 2);
  return zh ? fmt::format("距 {} 类差 {} 分：{}", lift.grade, points, ways)
            : fmt::format("{} points to {}: {}", points, lift.grade, ways);
}

std::string quantities_text(const std::vector<Quantity>& list, Language language) {
  std::vector<std::string> words;
  for (const Quantity one : list) words.push_back(quantity_text(one).in(language));
  return join_words(words, language);
}

std::string remark_text(const PerMuReport& report, const PerMuRow& row, Language language) {
  const bool zh = language == Language::Zh;
  std::vector<std::string> parts;
  if (row.exemption) parts.push_back(report.scheme.exemptions[*row.exemption].reason.in(language));
  if (row.rated == RatedAs::NoClass) parts.push_back(rated_text(row.rated).in(language));
  if (!row.lacking.empty()) {
    parts.push_back((zh ? "缺：" : "lacks ") + quantities_text(row.lacking, language));
  }
  if (!row.zero.empty()) {
    parts.push_back(
        fmt::format("{}{}", quantities_text(row.zero, language),
                    zh ? "填报为 0，无法计算，请核实" : " stated as 0: no ratio; check it"));
  }
  if (row.land.from == LandFrom::FloorSpace || row.land.shared > 0) {
    const bool shared = row.land.from == LandFrom::Plots && row.land.shared > 0;
    if (row.land.from == LandFrom::FloorSpace) {
      parts.push_back((zh ? "用地：" : "land: ") + land_from_text(row.land.from).in(language));
    } else if (shared) {
      parts.push_back(zh ? fmt::format("用地：{} 宗地与他人共用，按份额计", row.land.shared)
                         : fmt::format("land: its part of shared plots ({})", row.land.shared));
    }
  }
  if (row.land.from == LandFrom::Stated && row.land.plots_mu && row.land.mu &&
      std::abs(*row.land.plots_mu - row.land.mu->value) >
          0.1 * std::max(*row.land.plots_mu, row.land.mu->value)) {
    const std::string plots = short_number(*row.land.plots_mu, 2);
    parts.push_back(
        zh ? fmt::format("填报用地与所在地块（{} 亩）相差一成以上", plots)
           : fmt::format("stated land differs from its plots ({} mu) by more than a tenth", plots));
  }
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : zh ? "；" : "; ") + part;
  return text;
}

std::vector<ScoreBand> score_bands(const PerMuReport& report) {
  constexpr double kMost = 12;
  std::vector<ScoreBand> bands;
  for (std::size_t c = 0; c < report.classes.size(); ++c) {
    const PerMuSummary& summary = report.classes[c];
    if (!summary.most) continue;
    const double width = band_width(std::max(*summary.most - *summary.least, 1.0), kMost - 1);
    const double first = std::floor(*summary.least / width) * width;
    const auto count = static_cast<std::size_t>(std::floor((*summary.most - first) / width)) + 1;
    const std::size_t begin = bands.size();
    for (std::size_t i = 0; i < count; ++i) {
      const double from = first + static_cast<double>(i) * width;
      bands.push_back({c, from, from + width, {}});
    }
    for (const PerMuRow& row : report.rows) {
      if (row.rated != RatedAs::Ranked || row.in_class != c) continue;
      const auto band = static_cast<std::size_t>(std::floor((*row.score - first) / width));
      const std::size_t grade = row.grade ? static_cast<std::size_t>(*row.grade - 'A') : 4;
      ++bands[begin + std::min(band, count - 1)].firms[grade];
    }
  }
  return bands;
}

}  // namespace liantu
