#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/land/plan_sheet.hpp"
#include "report/drawings/board_lines.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/land/plan_words.hpp"
#include "report/land/svg_page.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr double kLeft = 20;
constexpr double kWidth = 1000;  // of the largest plot
constexpr double kBar = 44;

// Neighbouring blocks of one plot are told apart.
constexpr std::string_view kFills[] = {"#E3F0FF", "#E7F5E9", "#FFF3D6", "#F1E6FA"};
constexpr std::string_view kFree = "#F5F5F5";

class Board {
 public:
  Board(const PlanProblem& problem, const LandPlan& plan, Language language)
      : problem_(problem), language_(language), uses_(site_uses(problem, plan)) {
    for (const SiteUse& use : uses_) largest_ = std::max(largest_, use.site->mu);
  }

  void draw(SvgPage& page) const {
    for (const SiteUse& use : uses_) {
      if (use.projects.empty()) continue;
      draw_site(page, use);
    }
    // Plots with nobody on them stand below.
    for (const SiteUse& use : uses_) {
      if (use.projects.empty()) draw_site(page, use);
    }
  }

 private:
  bool zh() const { return language_ == Language::Zh; }

  void draw_site(SvgPage& page, const SiteUse& use) const {
    const PlanSite& site = *use.site;
    const std::string land = short_number(site.mu, 2);
    const std::string left = short_number(std::max(0.0, site.mu - use.mu), 2);
    const std::string more = site.use.empty() ? "" : (zh() ? "，" : ", ") + site.use;
    page.sentence({fmt::format("{}: {} mu{}, left {} mu", site.name, land, more, left),
                   fmt::format("{}：{} 亩{}，剩余 {} 亩", site.name, land, more, left)},
                  14);
    const double scale = kWidth / largest_;
    const double top = page.y();
    double x = kLeft;
    for (std::size_t i = 0; i < use.projects.size(); ++i) {
      const PlanProject& project = problem_.projects[use.projects[i]];
      const double mu = land_taken(project, site).value_or(0);
      block(page, {x, top, mu * scale, kBar}, kFills[i % std::size(kFills)], project.name, mu);
      x += mu * scale;
    }
    const double rest = site.mu - use.mu;
    if (rest * scale > 0.5) {
      block(page, {x, top, rest * scale, kBar}, kFree, zh() ? "剩余" : "left", rest);
    }
    page.move_to(top + kBar + 14);
  }

  void block(SvgPage& page, const SvgPage::Box& box, std::string_view fill, const std::string& name,
             double mu) const {
    const std::string size = short_number(mu, 2) + (zh() ? " 亩" : " mu");
    page.rectangle(box, fill, "#607D8B", name + " " + size);
    constexpr double kLetters = 11;
    const double em = (box.width - 6) / kLetters;
    if (em < 2) return;
    // The two lines that there is room for are spent on what tells firms apart.
    std::vector<std::string> lines = broken(without_legal_form(name), em);
    if (lines.size() > 2 && em >= 3) lines[1] = broken(lines[1] + lines[2], em - 1).front() + "…";
    if (!lines.empty()) page.text(box.x + 4, box.y + 15, kLetters, lines[0], "#111111", "start");
    if (lines.size() > 1) page.text(box.x + 4, box.y + 28, kLetters, lines[1], "#111111", "start");
    if (em_width(size) <= em) {
      page.text(box.x + 4, box.y + (lines.size() > 1 ? 40 : 30), kLetters * 0.9, size, "#444444",
                "start");
    }
  }

  const PlanProblem& problem_;
  Language language_;
  std::vector<SiteUse> uses_;
  double largest_ = 1e-9;
};

}  // namespace

std::string site_board_svg(const PlanProblem& problem, const LandPlan& plan, const RunInfo& run,
                           Language language) {
  SvgPage page(kWidth + 2 * kLeft, language);
  page.heading({"Land plan: who stands where", "招商用地布局：谁落在哪里"});
  page.sentence(worth_text(plan), 13);
  page.sentence({"blocks are to scale by land within and between plots",
                 "色块宽度与用地面积成比例，各地块同一比例尺"},
                11);
  page.move_to(page.y() + 6);
  Board(problem, plan, language).draw(page);
  page.sentence(run_text(run), 9);
  return page.finish();
}

}  // namespace liantu
