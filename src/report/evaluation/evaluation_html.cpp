#include "liantu/report/evaluation/evaluation_html.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/evaluation/evaluation_sheet.hpp"
#include "report/words/words.hpp"
#include "report/formats/xml_text.hpp"

namespace liantu {
namespace {

constexpr double kWidth = 640;  // of the plot, in pixels
constexpr double kHeight = 400;
constexpr double kLeft = 56;
constexpr double kTop = 16;
constexpr double kBelow = 48;
constexpr double kLegend = 200;

// Told apart by people who see few colours too; dashes tell the second round of them.
constexpr std::array<std::string_view, 8> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                      "#b8860b", "#56b4e9", "#000000", "#7f3c8d"};

constexpr std::string_view kStyle = R"(
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1a1a1a;
       background: #fff; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #ddd; text-align: left; white-space: nowrap; }
th { border-bottom: 2px solid #888; }
td.number { text-align: right; }
p.note { color: #444; margin: .3rem 0; }
svg { max-width: 100%; height: auto; }
)";

std::string cell_text(const SheetCell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return xml_escaped(*words);
  if (const auto* number = std::get_if<double>(&cell)) return plain_number(*number);
  return "-";
}

std::string table(const Sheet& sheet, Language language) {
  std::string html = "<div class=\"wide\"><table><thead><tr>";
  for (const SheetColumn& column : sheet.columns) {
    html += fmt::format("<th>{}</th>", xml_escaped(column.heading.in(language)));
  }
  html += "</tr></thead><tbody>\n";
  for (const auto& row : sheet.rows) {
    html += "<tr>";
    for (const SheetCell& cell : row) {
      html += fmt::format("<td{}>{}</td>",
                          std::holds_alternative<double>(cell) ? " class=\"number\"" : "",
                          cell_text(cell));
    }
    html += "</tr>\n";
  }
  html += "</tbody></table></div>\n";
  for (const Text& note : sheet.notes) {
    html += fmt::format("<p class=\"note\">{}</p>\n", xml_escaped(note.in(language)));
  }
  return html;
}

double x_of(double recall) { return kLeft + recall * kWidth; }
double y_of(double precision) { return kTop + (1 - precision) * kHeight; }

std::string axes(Language language) {
  const bool zh = language == Language::Zh;
  std::string svg;
  for (int i = 0; i <= 10; i += 2) {
    const double share = i / 10.0;
    svg += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e3e3e3\"/>\n",
        x_of(0), y_of(share), x_of(1), y_of(share));
    svg += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e3e3e3\"/>\n",
        x_of(share), y_of(0), x_of(share), y_of(1));
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:.1f}</text>\n",
                       x_of(0) - 8, y_of(share) + 4, share);
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:.1f}</text>\n",
                       x_of(share), y_of(0) + 18, share);
  }
  svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                     x_of(0.5), y_of(0) + 38, zh ? "召回率" : "recall");
  svg += fmt::format(
      "<text transform=\"translate(14 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
      y_of(0.5), zh ? "精确率" : "precision");
  return svg;
}

std::string curves(const Evaluation& evaluation, Language language) {
  std::vector<const MethodFigures*> methods;
  for (const MethodFigures& figures : evaluation.methods) {
    if (figures.unavailable.empty()) methods.push_back(&figures);
  }
  std::ranges::stable_sort(methods, [](const MethodFigures* a, const MethodFigures* b) {
    return (*a)[Measure::AucPr].value > (*b)[Measure::AucPr].value;
  });
  const double height =
      std::max(kTop + kHeight + kBelow, kTop + 20 * static_cast<double>(methods.size()) + 8);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" font-size=\"13\" role=\"img\">\n<title>{2}</title>\n",
      kLeft + kWidth + kLegend, height,
      language == Language::Zh ? "精确率–召回率曲线" : "precision–recall curves");
  svg += axes(language);
  for (std::size_t i = 0; i < methods.size(); ++i) {
    const std::string_view colour = kColours[i % kColours.size()];
    const std::string_view dash = i / kColours.size() % 2 == 0 ? "" : " stroke-dasharray=\"6 4\"";
    std::string points;
    for (const CurvePoint& point : methods[i]->curve) {
      points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", x_of(point.recall),
                            y_of(point.precision));
    }
    svg += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"{}/>\n", points,
        colour, dash);
    const double y = kTop + 12 + 20 * static_cast<double>(i);
    const double x = kLeft + kWidth + 16;
    svg += fmt::format(
        "<line x1=\"{0:.1f}\" y1=\"{2:.1f}\" x2=\"{1:.1f}\" y2=\"{2:.1f}\" "
        "stroke=\"{3}\" stroke-width=\"2.5\"{4}/>\n",
        x, x + 22, y - 4, colour, dash);
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{} {:.3f}</text>\n", x + 28, y,
                       xml_escaped(methods[i]->method), (*methods[i])[Measure::AucPr].value);
  }
  return svg + "</svg>\n";
}

}  // namespace

std::string evaluation_html(const EnterpriseGraph& graph, const Evaluation& evaluation,
                            const RunInfo& run, Language language) {
  const bool zh = language == Language::Zh;
  EvaluationSheetOptions how;
  how.language = language;
  how.brief = true;
  const Sheet methods = evaluation_sheet(evaluation, how);
  const Sheet groups = evaluation_group_sheet(graph, evaluation, language);
  const std::string title = xml_escaped(methods.title.in(language));
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
      zh ? "zh-CN" : "en", title, kStyle, title);
  html += table(methods, language);
  html += fmt::format("<h2>{}</h2>\n", zh ? "精确率–召回率曲线" : "Precision–recall curves");
  html += curves(evaluation, language);
  html += fmt::format(
      "<p class=\"note\">{}</p>\n",
      zh ? fmt::format(
               "每条隐藏链接配 {} 个随机未连接对；图例后的数字是 AUC-PR，随机排序为 {:.3f}。",
               evaluation.negatives, 1.0 / (1.0 + static_cast<double>(evaluation.negatives)))
         : fmt::format("Against {} pairs not linked for each hidden link, drawn alike; the legend "
                       "says AUC-PR, which is {:.3f} for a random ranking.",
                       evaluation.negatives,
                       1.0 / (1.0 + static_cast<double>(evaluation.negatives))));
  html += fmt::format("<h2>{}</h2>\n", xml_escaped(groups.title.in(language)));
  html += table(groups, language);
  if (const Sheet sheet = reliability_sheet(evaluation); !sheet.rows.empty()) {
    html += fmt::format("<h2>{}</h2>\n", xml_escaped(sheet.title.in(language)));
    html += table(sheet, language);
  }
  html += fmt::format("<p class=\"note\">{}</p>\n</body>\n</html>\n",
                      xml_escaped(run_text(run).in(language)));
  return html;
}

}  // namespace liantu
