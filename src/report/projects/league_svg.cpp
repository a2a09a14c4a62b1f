#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/report/projects/league_sheet.hpp"
#include "report/formats/xml_text.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// Millimetres, one unit of the viewBox each.
constexpr double kWidth = 210;
constexpr double kHeight = 297;
constexpr double kMargin = 14;
constexpr double kRoom = kWidth - 2 * kMargin;
constexpr std::size_t kMostTeams = 40;
constexpr double kNames = 54;   // what stands left of the bars
constexpr double kScores = 30;  // and right of them

// They keep apart for every kind of colour vision; the last is for all items beyond.
constexpr std::array<std::string_view, 8> kColours = {"#0072B2", "#E69F00", "#009E73", "#CC79A7",
                                                      "#56B4E9", "#D55E00", "#9A8C00", "#777777"};

class Page {
 public:
  Page(const LedgerBook& book, const League& league, const std::vector<Text>& notes,
       Language language)
      : book_(book),
        league_(league),
        notes_(notes),
        language_(language),
        zh_(language == Language::Zh) {}

  std::string draw() {
    put("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 "
        "{} {}\" "
        "font-family=\"Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimHei, "
        "sans-serif\">\n",
        kWidth, kHeight);
    put("<rect width=\"{}\" height=\"{}\" fill=\"#FFFFFF\"/>\n", kWidth, kHeight);
    headline();
    cards();
    bars();
    legend();
    foot();
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void text(double x, double y, double size, std::string_view words,
            std::string_view colour = "#222222", std::string_view more = "") {
    put("<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\" fill=\"{}\"{}{}>{}</text>\n", x, y,
        size, colour, more.empty() ? "" : " ", more, xml_escaped(words));
  }

  void headline() {
    const Text quarter = quarter_text(league_.quarter);
    const std::string district = book_.district;
    text(kMargin, 24, 7.6,
         fit_width(zh_ ? fmt::format("{}{}招商引资赛马比拼", district, quarter.zh)
                       : fmt::format("League of {}, {}", district, quarter.en),
                   46),
         "#111111", "font-weight=\"bold\"");
    text(
        kMargin, 31, 3.4,
        fit_width(zh_ ? "考评办法：" + league_.rubric.name : "rubric: " + league_.rubric.name, 100),
        "#555555");
    at_ = 37;
  }

  void cards() {
    const LeagueTotals& now = league_.totals;
    struct Card {
      std::string label;
      std::string value;
      std::string change;
    };
    const auto money = [&](double yuan) {
      return compact_money(yuan, language_) + (zh_ ? "元" : "");
    };
    const auto more = [&](double value, double before, bool yuan) {
      const double difference = value - before;
      const std::string size =
          yuan ? money(std::abs(difference)) : plain_number(std::abs(difference));
      if (difference == 0) return std::string(zh_ ? "与上季持平" : "as the quarter before");
      return fmt::format(fmt::runtime(zh_ ? "较上季 {}{}" : "{}{} on the quarter"),
                         difference > 0 ? "+" : "−", size);
    };
    const LeagueTotals& before = league_.before;
    const Card all[] = {
        {zh_ ? "签约项目" : "projects signed", fmt::format("{}", now.projects),
         more(static_cast<double>(now.projects), static_cast<double>(before.projects), false)},
        {zh_ ? "总投资" : "investment, CNY", money(now.investment),
         more(now.investment, before.investment, true)},
        {zh_ ? "预计年产值" : "output a year, CNY", money(now.output),
         more(now.output, before.output, true)},
        {zh_ ? "预计年税收" : "tax a year, CNY", money(now.tax), more(now.tax, before.tax, true)}};
    constexpr double kGap = 4;
    const double width = (kRoom - 3 * kGap) / 4;
    double x = kMargin;
    for (const Card& card : all) {
      put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"25\" rx=\"1.5\" "
          "fill=\"#F3F6FA\" "
          "stroke=\"#C9D4E0\" stroke-width=\"0.2\"/>\n",
          x, at_, width);
      text(x + 3, at_ + 6, 3.2, card.label, "#555555");
      const double size = std::min(
          7.5, (width - 6) / (0.55 * static_cast<double>(display_width(card.value)) + 0.3));
      text(x + 3, at_ + 15.5, size, card.value, "#0B3C6F", "font-weight=\"bold\"");
      text(x + 3, at_ + 21.5, 2.8, card.change, "#555555");
      x += width + kGap;
    }
    at_ += 33;
  }

  [[nodiscard]] std::string_view colour_of(std::size_t item) const {
    return kColours[std::min(item, kColours.size() - 1)];
  }

  void bars() {
    double most = league_.rubric.full;
    for (const LeagueTeam& team : league_.teams) {
      double sum = 0;
      for (const LeaguePoints& one : team.items) sum += std::max(0.0, one.points);
      most = std::max(most, sum);
    }
    const std::size_t shown = std::min(kMostTeams, league_.teams.size());
    const double bottom = kHeight - 62;
    const double pitch =
        shown == 0 ? 0 : std::min(9.0, (bottom - at_) / static_cast<double>(shown));
    const double size = std::min(3.6, pitch * 0.62);
    const double scale = (kRoom - kNames - kScores) / most;
    const double left = kMargin + kNames;
    if (shown == 0)
      text(kMargin, at_ + 5, 4, zh_ ? "本季没有参评单位" : "no team took part", "#555555");
    for (std::size_t i = 0; i < shown; ++i) {
      const LeagueTeam& team = league_.teams[i];
      const double y = at_ + static_cast<double>(i) * pitch;
      const double base = y + pitch * 0.66;
      if (team.board != LeagueBoard::None) {
        const bool red = team.board == LeagueBoard::Red;
        put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"{}\"/>\n",
            kMargin - 2, y, kRoom + 4, pitch, red ? "#FDECEA" : "#ECECEC");
      }
      text(kMargin, base, size, fmt::format("{}", team.rank), "#222222", "font-weight=\"bold\"");
      const auto room = static_cast<std::size_t>((kNames - 9) / (size * 0.52));
      text(kMargin + 7, base, size, fit_width(team.name, room));
      double x = left;
      for (std::size_t item = 0; item < team.items.size(); ++item) {
        const double points = std::max(0.0, team.items[item].points);
        if (points <= 0) continue;
        put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" "
            "fill=\"{}\"><title>{} {:.2f}</title></rect>\n",
            x, y + pitch * 0.2, points * scale, pitch * 0.6, colour_of(item),
            xml_escaped(league_.rubric.items[item].name.in(language_)), points);
        x += points * scale;
      }
      std::string score = fmt::format("{:.2f}", team.score);
      if (team.rank_before) {
        const auto moved =
            static_cast<std::int64_t>(*team.rank_before) - static_cast<std::int64_t>(team.rank);
        score += moved > 0   ? fmt::format("  ↑{}", moved)
                 : moved < 0 ? fmt::format("  ↓{}", -moved)
                             : "  =";
      }
      if (team.board == LeagueBoard::Red) score += zh_ ? "  红榜" : "  red";
      if (team.board == LeagueBoard::Black) score += zh_ ? "  黑榜" : "  black";
      text(x + 2, base, size, score);
    }
    at_ += static_cast<double>(shown) * pitch + 4;
    if (league_.teams.size() > shown) {
      text(kMargin, at_ + 1, 3,
           zh_ ? fmt::format("另有 {} 个单位未画出", league_.teams.size() - shown)
               : fmt::format("{} more teams are not drawn", league_.teams.size() - shown),
           "#555555");
      at_ += 5;
    }
  }

  void legend() {
    double x = kMargin;
    double y = kHeight - 54;
    constexpr double kSize = 2.9;
    for (std::size_t i = 0; i < league_.rubric.items.size(); ++i) {
      const RubricItem& item = league_.rubric.items[i];
      if (item.kind == ItemKind::Penalty) continue;
      const bool last = i + 1 >= kColours.size();
      const std::string name =
          last ? (zh_ ? "其他加分" : "other bonuses") : item.name.in(language_);
      const double width = 6 + static_cast<double>(display_width(name)) * kSize * 0.52 + 4;
      if (x + width > kWidth - kMargin) {
        x = kMargin;
        y += 5;
      }
      put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"3.5\" height=\"3.5\" fill=\"{}\"/>\n", x, y - 3,
          colour_of(i));
      text(x + 5, y, kSize, name, "#333333");
      x += width;
      if (last) break;
    }
    at_ = y + 7;
  }

  void foot() {
    std::vector<Text> said = league_sentences(book_, league_);
    if (!said.empty())
      said.erase(said.begin(), said.begin() + std::min<std::ptrdiff_t>(2, std::ssize(said)));
    said.insert(said.end(), notes_.begin(), notes_.end());
    constexpr double kSize = 2.7;
    const auto room = static_cast<std::size_t>(kRoom / (kSize * 0.52));
    for (const Text& one : said) {
      for (const std::string& line : wrap_width(printable(one.in(language_)), room)) {
        if (at_ > kHeight - 8) return;
        text(kMargin, at_, kSize, line, "#444444");
        at_ += 4;
      }
    }
  }

  const LedgerBook& book_;
  const League& league_;
  const std::vector<Text>& notes_;
  Language language_;
  bool zh_;
  std::string out_;
  double at_ = 0;
};

}  // namespace

std::string league_svg(const LedgerBook& book, const League& league, const std::vector<Text>& notes,
                       Language language) {
  return Page(book, league, notes, language).draw();
}

}  // namespace liantu
