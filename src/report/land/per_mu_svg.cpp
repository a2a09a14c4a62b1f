#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/land/per_mu_sheet.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/land/svg_page.hpp"

namespace liantu {
namespace {

// A, B, C, D, and without a grade: apart for every kind of colour vision.
constexpr std::string_view kColours[] = {"#2E7D32", "#2166AC", "#B97A00", "#C51B1B", "#607D8B"};

constexpr double kLeft = 20;
constexpr double kWidth = 760;
constexpr double kHeight = 220;  // of the bars

class Histograms {
 public:
  Histograms(const PerMuReport& report, const RunInfo& run, Language language)
      : report_(report), run_(run), language_(language), bands_(score_bands(report)) {}

  std::string run() {
    SvgPage page(kWidth + 2 * kLeft, language_);
    page.heading({"Per-mu performance: " + report_.scheme.title.en,
                  "亩均效益评价：" + report_.scheme.title.zh});
    for (std::size_t c = 0; c < report_.classes.size(); ++c) draw_class(page, c);
    if (bands_.empty()) page.sentence({"no firm is ranked", "没有参评企业"}, 13);
    draw_legend(page);
    if (!report_.scheme.source.empty()) {
      page.sentence({"rules: " + report_.scheme.source, "办法来源：" + report_.scheme.source}, 11);
    }
    page.sentence(run_text(run_), 9);
    return page.finish();
  }

 private:
  void draw_class(SvgPage& page, std::size_t c) {
    std::vector<ScoreBand> bands;
    std::size_t most = 0;
    for (const ScoreBand& band : bands_) {
      if (band.in_class != c) continue;
      bands.push_back(band);
      most = std::max(most, band.all());
    }
    if (bands.empty()) return;
    const PerMuSummary& summary = report_.classes[c];
    const Text& title = report_.scheme.classes[c].title;
    page.sentence({fmt::format("{}: {} firms ranked, median {}", title.en, summary.ranked,
                               short_number(*summary.median, 2)),
                   fmt::format("{}：参评 {} 家，中位数 {} 分", title.zh, summary.ranked,
                               short_number(*summary.median, 2))},
                  15);
    const double top = page.y() + 16;
    const double step = kWidth / static_cast<double>(bands.size());
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const double x = kLeft + step * static_cast<double>(i);
      double y = top + kHeight;
      for (std::size_t grade = bands[i].firms.size(); grade-- > 0;) {
        const double height =
            kHeight * static_cast<double>(bands[i].firms[grade]) / static_cast<double>(most);
        if (height == 0) continue;
        y -= height;
        page.rectangle({x + step * 0.06, y, step * 0.88, height}, kColours[grade], "none");
        used_[grade] = true;
      }
      if (bands[i].all() > 0) {
        page.text(x + step / 2, y - 4, 12, fmt::format("{}", bands[i].all()), "#222222", "middle");
      }
      page.text(x, top + kHeight + 15, 11, short_number(bands[i].from, 2), "#444444", "middle");
    }
    page.text(kLeft + kWidth, top + kHeight + 15, 11, short_number(bands.back().to, 2), "#444444",
              "middle");
    page.line(kLeft, top + kHeight, kLeft + kWidth, top + kHeight, "#444444");
    page.move_to(top + kHeight + 34);
  }

  void draw_legend(SvgPage& page) {
    double x = kLeft;
    constexpr std::string_view kGrades = "ABCD";
    bool any = false;
    for (std::size_t i = 0; i < kGrades.size(); ++i) {
      if (!used_[i]) continue;
      any = true;
      page.rectangle({x, page.y() + 2, 12, 12}, kColours[i], "none");
      page.text(x + 18, page.y() + 12, 12,
                language_ == Language::Zh ? fmt::format("{} 类", kGrades[i])
                                          : fmt::format("grade {}", kGrades[i]),
                "#222222", "start");
      x += 90;
    }
    if (any) page.move_to(page.y() + 24);
  }

  const PerMuReport& report_;
  const RunInfo& run_;
  Language language_;
  std::vector<ScoreBand> bands_;
  std::array<bool, 5> used_{};
};

}  // namespace

std::string per_mu_svg(const PerMuReport& report, const RunInfo& run, Language language) {
  return Histograms(report, run, language).run();
}

}  // namespace liantu
