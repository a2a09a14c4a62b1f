#include "report/words/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/money.hpp"

namespace liantu {

namespace {

struct UnknownName {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array kUnknownNames = {
    UnknownName{"region", "region", "注册地"},
    UnknownName{"place", "place", "所在地"},
    UnknownName{"arrivals", "arrivals", "以往落户"},
    UnknownName{"revenue", "revenue", "营业收入"},
    UnknownName{"capacity", "capacity", "产能"},
    UnknownName{"output", "output", "产值"},
    UnknownName{"share", "share of revenue", "主营占比"},
    UnknownName{"registered_capital", "registered capital", "注册资本"},
    UnknownName{"credit_code", "credit code", "统一社会信用代码"},
    UnknownName{"scale", "size", "企业规模"},
    UnknownName{"tags", "qualifications", "资质荣誉"},
    UnknownName{"status", "status", "登记状态"},
    UnknownName{"founded", "date of foundation", "成立日期"},
    UnknownName{"staff", "staff", "从业人数"},
    UnknownName{"tax", "tax", "纳税额"},
    UnknownName{"address", "address", "地址"},
    UnknownName{"relations", "relations with local firms", "与本地企业的关联"},
    UnknownName{"demand", "local demand", "本地需求额"},
    UnknownName{"leakage", "leakage", "外购额"},
    UnknownName{"purchases", "purchases", "采购额"},
};

std::string_view counter_word(Counter counter) {
  switch (counter) {
    case Counter::Firms:
      return "家";
    case Counter::Segments:
      return "个环节";
    case Counter::Things:
      break;
  }
  return "项";
}

}  // namespace

std::string_view status_word(ProspectStatus status) {
  switch (status) {
    case ProspectStatus::Prospect:
      return "prospect";
    case ProspectStatus::Unlocated:
      return "unlocated";
    case ProspectStatus::Expansion:
      return "expansion";
    case ProspectStatus::Screened:
      break;
  }
  return "screened";
}

Text status_text(ProspectStatus status) {
  switch (status) {
    case ProspectStatus::Prospect:
      return {"prospect", "招商对象"};
    case ProspectStatus::Unlocated:
      return {"to be located", "注册地待核"};
    case ProspectStatus::Expansion:
      return {"expansion", "增资扩产"};
    case ProspectStatus::Screened:
      break;
  }
  return {"screened out", "已筛除"};
}

std::string_view weak_word(WeakReason reason) {
  switch (reason) {
    case WeakReason::LowCoverage:
      return "low_coverage";
    case WeakReason::SingleMaker:
      return "single_maker";
    case WeakReason::OneCarries:
      return "one_carries";
    case WeakReason::MakersAtRisk:
      break;
  }
  return "makers_at_risk";
}

Text weak_text(WeakReason reason) {
  switch (reason) {
    case WeakReason::LowCoverage:
      return {"low coverage", "配套率低"};
    case WeakReason::SingleMaker:
      return {"single maker", "仅一家生产"};
    case WeakReason::OneCarries:
      return {"one maker carries it", "一家独大，缺之则配套率低"};
    case WeakReason::MakersAtRisk:
      break;
  }
  return {"makers at risk", "生产企业有风险"};
}

std::string_view anchor_basis_word(AnchorBasis basis) {
  switch (basis) {
    case AnchorBasis::Given:
      return "given";
    case AnchorBasis::Column:
      return "column";
    case AnchorBasis::LargestOutput:
      return "largest_output";
    case AnchorBasis::EstimatedOutput:
      return "estimated_output";
    case AnchorBasis::LargestCapital:
      return "largest_capital";
    case AnchorBasis::None:
      break;
  }
  return "none";
}

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      break;
  }
  return "error";
}

Text severity_text(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return {"note", "提示"};
    case Severity::Warning:
      return {"warning", "警告"};
    case Severity::Error:
      break;
  }
  return {"error", "错误"};
}

Text unknown_text(std::string_view word) {
  for (const UnknownName& name : kUnknownNames) {
    if (name.word == word) return {std::string(name.en), std::string(name.zh)};
  }
  return {std::string(word), std::string(word)};
}

Text part_data_text(ScorePartKind part) {
  switch (part) {
    case ScorePartKind::Purchases:
      return {"outputs of the firms and of local needers", "企业产能和本地需求额"};
    case ScorePartKind::Proximity:
      return {"relations to local firms", "与本地企业的关联"};
    case ScorePartKind::Scale:
      return {"revenue", "营业收入"};
    case ScorePartKind::Fit:
      return {"share of revenue", "主营占比"};
    case ScorePartKind::Distance:
      return {"where the firms stand", "企业所在地"};
    case ScorePartKind::Propensity:
      return {"homes and branches of the firms", "企业所在地和外地分支"};
    default:
      return part_text(part);
  }
}

Text policy_text(const std::string& name) {
  if (name == default_policy().name) return {name, "默认"};
  return {name, name};
}

std::string join_names(const std::vector<std::string>& names, std::size_t shown, Counter counter,
                       Language language, std::size_t total) {
  total = std::max(total, names.size());
  if (total == names.size() && total <= shown) return join_words(names, language);
  shown = std::min(shown, names.size());
  const std::string first = join_words({names.begin(), names.begin() + shown}, language);
  return language == Language::Zh ? fmt::format("{}等{}{}", first, total, counter_word(counter))
                                  : fmt::format("{} and {} more", first, total - shown);
}

std::string join_words(const std::vector<std::string>& words, Language language) {
  return fmt::format("{}", fmt::join(words, language == Language::Zh ? "、" : ", "));
}

double in_hundredths(double amount) {
  constexpr double kExact = 1e13;
  return std::fabs(amount) < kExact ? std::round(amount * 100) / 100 : amount;
}

std::string plain_number(double value) {
  if (!std::isfinite(value)) return {};
  if (value == 0) return "0";  // also where the sign of zero is negative
  // The longest fixed forms, 1.8e308 and 5e-324, stay below 400 characters.
  std::array<char, 512> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string();
}

double printed_confidence(double value) {
  if (value >= 1) return value;
  return std::min(0.99, std::round(value * 100) / 100);
}

std::string compact_money(double cny, Language language) {
  std::string text = format_money(Money{cny}, language);
  // The heading names the currency.
  constexpr std::string_view kBefore = "CNY ";
  constexpr std::string_view kAfter = "元";
  if (text.starts_with(kBefore)) text.erase(0, kBefore.size());
  if (text.ends_with(kAfter)) text.erase(text.size() - kAfter.size());
  return text;
}

std::string money_with_basis(const Figure& figure, Language language) {
  return fmt::format(fmt::runtime(language == Language::Zh ? "{}（{}）" : "{} ({})"),
                     compact_money(figure.value, language), basis_text(figure.basis).in(language));
}

std::string leakage_text(const GapFigures& gap, Currency currency, Language language) {
  const bool zh = language == Language::Zh;
  const bool named = currency == Currency::Named;
  const std::string_view before = named && !zh ? "CNY " : "";
  const std::string_view after = named && zh ? "元" : "";
  const auto money = [&](double cny) { return compact_money(cny, language); };
  const bool open = gap.needs_unknown > 0;
  if (!gap.leakage_max) {
    if (!gap.leakage_min) return {};
    return fmt::format("≥ {}{}{}", before, money(*gap.leakage_min), after);
  }
  if (open && *gap.leakage_max == 0) return {};  // "0 or more" says nothing
  const std::string high = money(*gap.leakage_max);
  if (!gap.leakage_min && !open) return fmt::format("≤ {}{}{}", before, high, after);
  const std::string low = money(gap.leakage_min.value_or(0));
  if (low == high) return fmt::format("{}{}{}{}", open ? "≥ " : "", before, high, after);
  return fmt::format("{}{}–{}{}{}", before, low, high, after,
                     !open ? ""
                     : zh  ? "以上"
                           : " or more");
}

std::string probability_text(double probability) {
  return fmt::format("{:.2f}%", 100 * probability);
}

std::string contributions_text(const LearnedLink& link, Language language) {
  constexpr std::size_t kShown = 5;
  const bool zh = language == Language::Zh;
  std::vector<std::string> parts;
  double others = 0;
  for (std::size_t i = 0; i < link.contributions.size(); ++i) {
    const LinkContribution& one = link.contributions[i];
    if (i < kShown) {
      parts.push_back(fmt::format("{} {:+.4f}", one.feature, one.value));
    } else {
      others += one.value;
    }
  }
  if (link.contributions.size() > kShown) {
    const std::size_t count = link.contributions.size() - kShown;
    parts.push_back(zh ? fmt::format("其余 {} 项 {:+.4f}", count, others)
                       : fmt::format("{} others {:+.4f}", count, others));
  }
  parts.push_back(fmt::format("{} {:+.4f}", zh ? "常数项" : "bias", link.bias));
  return fmt::format("{}", fmt::join(parts, zh ? "；" : "; "));
}

std::string_view newcomer_mark(const EnterpriseGraph& graph, FirmId firm, Language language) {
  if (!is_newcomer(graph, firm)) return "";
  return language == Language::Zh ? "（假设）" : " (assumed)";
}

std::string_view without_legal_form(std::string_view name) {
  constexpr std::array<std::string_view, 4> kForms = {"股份有限公司", "有限责任公司",
                                                      "集团有限公司", "有限公司"};
  for (const std::string_view form : kForms) {
    // Of 集团有限公司 the group stays: it is part of how people call the firm.
    const std::string_view end = form == kForms[2] ? kForms[3] : form;
    if (name.size() > form.size() && name.ends_with(form)) {
      return name.substr(0, name.size() - end.size());
    }
  }
  return name;
}

Text shown_of(const Text& what, std::size_t shown, std::size_t all, std::string_view counter) {
  if (shown == all) {
    return {fmt::format("{}: {}", what.en, all), fmt::format("{} {} {}", what.zh, all, counter)};
  }
  return {fmt::format("{}: {} of {}", what.en, shown, all),
          fmt::format("{} {} {}，列出 {} {}", what.zh, all, counter, shown, counter)};
}

Text factor_text(const EnterpriseGraph& graph, const FactorUse& use) {
  const OutputFactor& factor = use.factor;
  const Text unit = factor_basis_text(factor.per);
  const std::string value = plain_number(factor.cny_per_unit);
  const std::string_view segment =
      factor.segment ? graph.name(graph.entity(*factor.segment)) : std::string_view();
  if (factor.cny_per_unit == 0) {
    return {fmt::format("local firms whose outputs are left unestimated: {}{}{}; source: {}",
                        use.firms, segment.empty() ? "" : ", makers of ", segment, factor.source),
            fmt::format("产值不估算的本地企业 {} 家{}{}；来源：{}", use.firms,
                        segment.empty() ? "" : "：", segment, factor.source)};
  }
  return {
      fmt::format("outputs of local firms that are estimated: {}, {} CNY per {}{}{}; source: {}",
                  use.firms, value, unit.en, segment.empty() ? "" : ", makers of ", segment,
                  factor.source),
      fmt::format("产值为估算的本地企业 {} 家：{}每{}产值 {} 元；来源：{}", use.firms,
                  segment.empty() ? "" : fmt::format("{}，", segment), unit.zh, value,
                  factor.source)};
}

std::string valid_utf8(std::string_view text) {
  if (!find_invalid_utf8(text)) return std::string(text);
  return to_utf8(to_utf32(text));
}

std::string source_row(const EnterpriseGraph& graph, const Provenance& provenance) {
  const Source& source = graph.source(provenance.source);
  std::string text = source.file.empty() ? source.citation : source.file;
  if (!source.sheet.empty()) text += fmt::format("#{}", source.sheet);
  if (!text.empty() && provenance.row > 0) text += fmt::format("!{}", provenance.row);
  return text;
}

}  // namespace liantu
