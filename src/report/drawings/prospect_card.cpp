#include "liantu/report/drawings/prospect_card.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/report/prospects/introduction_sheet.hpp"
#include "report/drawings/board_lines.hpp"
#include "report/formats/xml_text.hpp"
#include "report/prospects/introduction_words.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// Millimetres, one unit of the viewBox each.
constexpr double kWidth = 210;
constexpr double kHeight = 297;
constexpr double kMargin = 15;
constexpr double kRoom = kWidth - 2 * kMargin;
constexpr double kRight = kWidth - kMargin;
constexpr double kBody = 3.3;   // size of letters, some 9 pt
constexpr double kSmall = 2.8;  // 8 pt
constexpr double kFine = 2.3;
constexpr double kLeading = 1.45;
constexpr double kPartNames = 54;         // what stands left of the bars
constexpr double kPartFigures = 26;       // and right of them
constexpr double kLowest = kHeight - 26;  // what stands below is the foot

constexpr std::size_t kMostWays = 3;

constexpr std::string_view kInk = "#222222";
constexpr std::string_view kPale = "#595959";
constexpr std::string_view kRed = "#B71C1C";

// What is known of a part, what it could earn besides, and what it cannot.
constexpr std::string_view kEarned = "#1F6FB2";
constexpr std::string_view kPossible = "#F2C879";
constexpr std::string_view kMissed = "#E6EBF0";

// One of the texts of a line of several columns.
struct Column {
  double left = 0;
  double width = 0;
  Text heading;
  bool right = false;  // set against its right end
};

class Card {
 public:
  Card(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
       const Prospect& prospect, std::span<const Introduction> ways, const RunInfo& run,
       Language language)
      : graph_(graph),
        report_(report),
        list_(list),
        prospect_(prospect),
        ways_(ways),
        run_(run),
        language_(language) {}

  std::string draw() {
    const std::string firm = name(graph_.entity(prospect_.firm));
    put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}mm\" height=\"{1}mm\" viewBox=\"0 0 "
        "{0} {1}\" font-family=\"Noto Sans CJK SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro "
        "Hei, sans-serif\">\n<title>{2}</title>\n<desc>{3}</desc>\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#FFFFFF\"/>\n",
        kWidth, kHeight, xml_escaped(firm), xml_escaped(run_text(run_).in(language_)));
    head(firm);
    why();
    parts();
    gaps();
    introductions();
    doubts();
    sources();
    foot();
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return language_ == Language::Zh ? zh : en;
  }

  // Words of the tables may be no UTF-8.
  [[nodiscard]] std::string name(EntityId entity) const { return valid_utf8(graph_.name(entity)); }
  [[nodiscard]] std::string name(FirmId firm) const {
    return valid_utf8(firm_name(graph_, report_.newcomers, firm));
  }

  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void text(double x, double y, double size, std::string_view words, std::string_view colour = kInk,
            std::string_view more = "") {
    put("<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\" fill=\"{}\"{}{}>{}</text>\n", x, y,
        size, colour, more.empty() ? "" : " ", more, xml_escaped(words));
  }

  void box(double x, double y, double width, double height, std::string_view fill) {
    if (width <= 0) return;
    put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"{}\"/>\n", x, y,
        width, height, fill);
  }

  // Whether so much more can stand above the foot.
  [[nodiscard]] bool room(double height) const { return at_ + height <= kLowest; }

  // A paragraph of at most so many lines; returns whether all of it found room.
  bool paragraph(std::string_view words, double size, std::size_t most,
                 std::string_view colour = kInk, std::string_view more = "", double indent = 0) {
    std::vector<std::string> lines = broken(words, (kRoom - indent) / size);
    const double step = size * kLeading;
    std::size_t fit = 0;
    while (fit < std::min(most, lines.size()) && room(step * static_cast<double>(fit + 1))) ++fit;
    if (fit == 0) return lines.empty();
    const bool whole = fit == lines.size();
    if (!whole) lines[fit - 1] = cut(lines[fit - 1] + lines[fit], (kRoom - indent) / size);
    for (std::size_t i = 0; i < fit; ++i) {
      at_ += step;
      text(kMargin + indent, at_, size, lines[i], colour, more);
    }
    return whole;
  }

  // As much of a text as fits a line, with … where some is left out.
  [[nodiscard]] static std::string cut(std::string_view words, double em) {
    if (em_width(words) <= em) return std::string(words);
    const auto lines = broken(words, em - 1);
    return lines.empty() ? std::string() : lines.front() + "…";
  }

  // A section's heading; false, and nothing, where a line below it would find no room.
  bool heading(std::string_view words, std::string_view aside = {}) {
    if (!room(12)) return false;
    at_ += 4.6;
    put("<rect x=\"{0}\" y=\"{1:.2f}\" width=\"1.2\" height=\"4\" fill=\"{2}\"/>\n", kMargin, at_,
        kEarned);
    text(kMargin + 2.6, at_ + 3.4, 3.9, words, kInk, "font-weight=\"bold\"");
    if (!aside.empty()) {
      text(kRight, at_ + 3.4, kFine, cut(aside, (kRoom - 4 - em_width(words) * 3.9 - 4) / kFine),
           kPale, "text-anchor=\"end\"");
    }
    at_ += 5;
    return true;
  }

  void head(const std::string& firm) {
    constexpr double kBadge = 34;
    const double width = kRoom - kBadge - 4;
    const double size = std::clamp(width / std::max(em_width(firm), 1.0), 4.4, 6.6);
    at_ = 16;
    const std::vector<std::string> lines = broken(firm, width / size);
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 2); ++i) {
      at_ += size * 1.25;
      const bool last = i == 1 && lines.size() > 2;
      text(kMargin, at_, size, last ? cut(lines[1] + lines[2], width / size) : lines[i], "#111111",
           "font-weight=\"bold\"");
    }
    const EntityId entity = graph_.entity(prospect_.firm);
    const std::string code = valid_utf8(graph_.text(entity, EntityText::Code));
    const RegionCode region = graph_.region(entity).code;
    const std::string place = !region.known() ? std::string(say("region unknown", "地区未知"))
                              : region_full_name(region).empty() ? region.to_string()
                                                                 : region_full_name(region);
    at_ += 5.4;
    text(
        kMargin, at_, kBody,
        cut(fmt::format("{}　{}", code.empty() ? say("no credit code", "无信用代码") : code, place),
            width / kBody),
        kPale);
    std::string standing = status_text(prospect_.status).in(language_);
    if (prospect_.rank > 0) {
      standing += language_ == Language::Zh ? fmt::format("，第 {} 名", prospect_.rank)
                                            : fmt::format(", rank {}", prospect_.rank);
      if (prospect_.rank_best != prospect_.rank_worst) {
        standing +=
            language_ == Language::Zh
                ? fmt::format("（信息补全后在 {}–{} 名之间）", prospect_.rank_best,
                              prospect_.rank_worst)
                : fmt::format(" ({}–{} were all known)", prospect_.rank_best, prospect_.rank_worst);
      }
    }
    at_ += 5;
    text(kMargin, at_, kBody, cut(standing, width / kBody), kPale);
    badge(kRight - kBadge, 14, kBadge);
    at_ = std::max(at_, 36.0);
    put("<line x1=\"{0}\" y1=\"{2:.2f}\" x2=\"{1}\" y2=\"{2:.2f}\" stroke=\"{3}\" "
        "stroke-width=\"0.5\"/>\n",
        kMargin, kRight, at_ + 2.6, kEarned);
    at_ += 3.4;
  }

  void badge(double x, double y, double width) {
    box(x, y, width, 22, "#EEF4FA");
    text(x + width / 2, y + 11.5, 9, fmt::format("{:.2f}", prospect_.score), kEarned,
         "font-weight=\"bold\" text-anchor=\"middle\"");
    text(x + width / 2, y + 18.4, kBody,
         language_ == Language::Zh ? fmt::format("满分 100　{} 级", prospect_.grade)
                                   : fmt::format("of 100 points, grade {}", prospect_.grade),
         kPale, "text-anchor=\"middle\"");
  }

  void why() {
    if (prospect_.status == ProspectStatus::Screened) {
      paragraph(fmt::format("{}{}", say("kept off the list: ", "未列入清单："),
                            prospect_.screened_by.in(language_)),
                4, 2, kRed, "font-weight=\"bold\"");
    }
    for (std::size_t i = 0; i < prospect_.reasons.size(); ++i) {
      const std::string words = valid_utf8(prospect_.reasons[i].in(language_));
      if (i == 0) {
        at_ += 1;
        paragraph(words, 4, 3, kInk, "font-weight=\"bold\"");
        at_ += 0.6;
      } else if (i < 5) {
        paragraph("· " + words, kBody, 2);
      }
    }
    for (const FirmId local : prospect_.present) {
      paragraph(fmt::format("{}{}", say("already present as ", "已在本地："), name(local)), kBody,
                1);
    }
  }

  [[nodiscard]] double weight_of(std::size_t part) const { return part_weights(list_)[part]; }

  void parts() {
    const Text policy = policy_text(list_.policy.name);
    if (!heading(say("Parts of the score", "得分构成"),
                 language_ == Language::Zh
                     ? fmt::format("评分政策：{}；各项相加等于得分", valid_utf8(policy.zh))
                     : fmt::format("policy: {}; the parts add up to the score",
                                   valid_utf8(policy.en)))) {
      return;
    }
    double widest = 1;
    for (std::size_t i = 0; i < kPartCount; ++i) widest = std::max(widest, weight_of(i));
    const double scale = (kRoom - kPartNames - kPartFigures) / widest;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePart& part = prospect_.parts[i];
      const double weight = weight_of(i);
      if (weight <= 0 && part.points <= 0) continue;
      at_ += 5;
      text(kMargin, at_, kBody,
           cut(part_text(static_cast<ScorePartKind>(i)).in(language_), (kPartNames - 2) / kBody));
      const double left = kMargin + kPartNames;
      box(left, at_ - 3, weight * scale, 3.6, kMissed);
      if (!part.known) box(left, at_ - 3, part.points_max * scale, 3.6, kPossible);
      box(left, at_ - 3, part.points * scale, 3.6, kEarned);
      text(kRight, at_, kBody, fmt::format("{:.2f} / {}", part.points, plain_number(weight)), kInk,
           "text-anchor=\"end\"");
    }
    whole();
    legend();
  }

  // All parts one behind another.
  void whole() {
    at_ += 6;
    text(kMargin, at_, kBody, say("sum", "合计"), kInk, "font-weight=\"bold\"");
    const double scale = (kRoom - kPartNames - kPartFigures) / 100;
    const double left = kMargin + kPartNames;
    box(left, at_ - 3.2, 100 * scale, 4, kMissed);
    double x = left;
    for (const ScorePart& part : prospect_.parts) {
      box(x, at_ - 3.2, part.points * scale - 0.15, 4, kEarned);
      x += part.points * scale;
    }
    text(kRight, at_, kBody, fmt::format("{:.2f} / 100", prospect_.score), kInk,
         "font-weight=\"bold\" text-anchor=\"end\"");
  }

  void legend() {
    at_ += 4.8;
    const std::pair<std::string_view, std::string_view> kSigns[] = {
        {kEarned, say("earned", "已得")},
        {kPossible, say("possible, not known", "未知，补全后至多")},
        {kMissed, say("not earned", "未得")}};
    double x = kMargin + kPartNames;
    for (const auto& [colour, words] : kSigns) {
      box(x, at_ - 2.1, 3, 2.4, colour);
      text(x + 4, at_, kFine, words, kPale);
      x += 8 + em_width(words) * kFine;
    }
  }

  void titles(std::span<const Column> columns) {
    at_ += 3.8;
    for (const Column& column : columns) {
      text(column.right ? column.left + column.width : column.left, at_, kSmall,
           column.heading.in(language_), kPale, column.right ? "text-anchor=\"end\"" : "");
    }
    rule();
  }

  void rule() {
    put("<line x1=\"{0}\" y1=\"{2:.2f}\" x2=\"{1}\" y2=\"{2:.2f}\" stroke=\"#C9D4E0\" "
        "stroke-width=\"0.2\"/>\n",
        kMargin, kRight, at_ + 1.3);
    at_ += 1.3;
  }

  // One row, each cell broken into at most two lines; false, and nothing, without room.
  bool row(std::span<const Column> columns, const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> lines;
    std::size_t most = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double em = (columns[i].width - 1.5) / kSmall;
      std::vector<std::string> cell = broken(cells[i], em);
      if (cell.size() > 2) cell = {cell[0], cut(cell[1] + cell[2], em)};
      most = std::max(most, cell.size());
      lines.push_back(std::move(cell));
    }
    const double step = kSmall * kLeading;
    if (!room(step * static_cast<double>(most) + 1.3)) return false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      double y = at_;
      for (const std::string& line : lines[i]) {
        y += step;
        text(columns[i].right ? columns[i].left + columns[i].width : columns[i].left, y, kSmall,
             line, kInk, columns[i].right ? "text-anchor=\"end\"" : "");
      }
    }
    at_ += step * static_cast<double>(most);
    rule();
    return true;
  }

  // `and 3 more` behind a list that was cut.
  void more(std::size_t left) {
    if (left == 0) return;
    text(kRight, at_ + 3.6, kFine,
         language_ == Language::Zh ? fmt::format("另有 {} 项，见文字版", left)
                                   : fmt::format("{} more, see the text", left),
         kPale, "text-anchor=\"end\"");
    at_ += 3.6;
  }

  [[nodiscard]] std::string amount(const std::optional<Figure>& figure) const {
    return figure ? money_with_basis(*figure, language_) : std::string(say("not known", "未知"));
  }

  void gaps() {
    if (prospect_.gaps.empty()) return;
    std::string all;
    if (prospect_.purchases && prospect_.gaps.size() > 1) {
      all = fmt::format(
          "{}{}", say("in all at most, no yuan twice: ", "合计至多（产出与市场均不重复计算）："),
          money_with_basis(*prospect_.purchases, language_));
    }
    if (!heading(say("Gaps it would fill, CNY a year", "可补的缺口（元/年）"), all)) return;
    const Column columns[] = {{15, 38, {"segment", "环节"}},
                              {53, 36, {"what it makes", "其产品"}},
                              {89, 15, {"kind", "类型"}},
                              {104, 35, {"bought outside", "外购额"}},
                              {139, 28, {"brings home ≤", "至多可回流"}},
                              {168, 27, {"needed by", "需求企业"}}};
    titles(columns);
    constexpr std::size_t kMost = 6;
    std::size_t shown = 0;
    for (const FilledGap& filled : prospect_.gaps) {
      if (shown == kMost) break;
      const Gap& gap = report_.gaps[filled.gap];
      std::vector<std::string> needers;
      for (const Need& need : gap.needers) {
        needers.push_back(std::string(without_legal_form(name(need.firm))));
      }
      std::string leakage = leakage_text(gap, Currency::InHeading, language_);
      if (leakage.empty()) {
        leakage = say("not known", "未知");
      } else {
        leakage +=
            fmt::format(fmt::runtime(say(" ({})", "（{}）")), basis_text(gap.basis).in(language_));
      }
      if (!row(columns, {name(graph_.entity(gap.segment)), name(graph_.entity(filled.segment)),
                         gap_text(gap.kind).in(language_), leakage, amount(filled.purchases),
                         join_names(needers, 1, Counter::Firms, language_)})) {
        break;
      }
      ++shown;
    }
    more(prospect_.gaps.size() - shown);
  }

  void introductions() {
    if (!heading(say("Ways in", "引荐路径"))) return;
    if (ways_.empty()) {
      paragraph(say("no way is known: tables of executives, owners, supplies, chambers or offices "
                    "would show one",
                    "没有已知路径；补充任职、持股、供货、商会成员或驻点办负责地区的表后可能出现"),
                kBody, 2, kPale);
      return;
    }
    std::vector<EntityId> asked;  // whom two ways begin with need not be told twice
    for (const Introduction& way : ways_) {
      if (asked.size() == kMostWays) break;
      if (std::ranges::find(asked, way.introducer) != asked.end()) continue;
      asked.push_back(way.introducer);
      paragraph(
          fmt::format("{}. {}{}{}", asked.size(), channel_text(way.channel).in(language_),
                      say(": ", "："), valid_utf8(introduction_text(graph_, way).in(language_))),
          kBody, 2);
      paragraph(way_words(graph_, way, language_, true), kFine, 2, kPale, "", 4);
    }
  }

  void doubts() {
    if (prospect_.risks.empty() && prospect_.unknown.empty()) {
      if (!heading(say("Risks and unknowns", "风险与未知"))) return;
      paragraph(say("none known of in the tables", "数据表中没有记载"), kBody, 1, kPale);
      return;
    }
    if (!heading(say("Risks and unknowns", "风险与未知"))) return;
    std::vector<std::string> risks;
    for (const std::string& risk : prospect_.risks) risks.push_back(valid_utf8(risk));
    if (!risks.empty()) {
      paragraph(fmt::format("{}{}", say("risks: ", "风险："), join_words(risks, language_)), kBody,
                2, kRed);
    }
    std::vector<std::string> unknown;
    for (const std::string& word : prospect_.unknown) {
      unknown.push_back(unknown_text(word).in(language_));
    }
    if (!unknown.empty()) {
      paragraph(fmt::format("{}{}", say("not known: ", "未知："), join_words(unknown, language_)),
                kBody, 2);
    }
  }

  void sources() {
    if (prospect_.evidence.empty()) return;
    if (!heading(say("Sources", "依据来源"))) return;
    constexpr std::size_t kMost = 10;
    std::size_t shown = 0;
    for (const Evidence& one : prospect_.evidence) {
      if (shown == kMost || !room(kFine * kLeading + 4)) break;
      const Provenance from = graph_.relation(one.relation).provenance(one.edge);
      const std::string row = source_row(graph_, from);
      paragraph(
          fmt::format(fmt::runtime(say("{}: {} → {} ({}, confidence {:.2f}{})",
                                       "{}：{} → {}（{}，置信度 {:.2f}{}）")),
                      relation_text(one.relation).in(language_), name(one.from), name(one.to),
                      basis_text(from.basis).in(language_),
                      printed_confidence(static_cast<double>(from.confidence)),
                      row.empty() ? std::string() : std::string(say("; ", "；")) + valid_utf8(row)),
          kFine + 0.2, 1);
      ++shown;
    }
    more(prospect_.evidence.size() - shown);
  }

  void foot() {
    double y = kHeight - 19;
    put("<line x1=\"{0}\" y1=\"{2:.2f}\" x2=\"{1}\" y2=\"{2:.2f}\" stroke=\"#C9D4E0\" "
        "stroke-width=\"0.2\"/>\n",
        kMargin, kRight, y - 3);
    constexpr double kSize = 2.1;
    const auto lines = broken(run_text(run_).in(language_), kRoom / kSize);
    constexpr std::size_t kMost = 4;
    for (std::size_t i = 0; i < std::min(lines.size(), kMost); ++i) {
      const bool last = i + 1 == kMost && lines.size() > kMost;
      text(kMargin, y, kSize, last ? cut(lines[i] + lines[i + 1], kRoom / kSize) : lines[i], kPale);
      y += kSize * kLeading;
    }
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  const Prospect& prospect_;
  std::span<const Introduction> ways_;
  const RunInfo& run_;
  Language language_;
  std::string out_;
  double at_ = 0;  // baseline of what was written last
};

}  // namespace

std::string prospect_card_svg(const EnterpriseGraph& graph, const GapReport& report,
                              const ProspectList& list, const Prospect& prospect,
                              std::span<const Introduction> ways, const RunInfo& run,
                              Language language) {
  return Card(graph, report, list, prospect, ways, run, language).draw();
}

}  // namespace liantu
