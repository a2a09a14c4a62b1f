#include "report/land/svg_page.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "report/drawings/board_lines.hpp"
#include "report/formats/xml_text.hpp"

namespace liantu {
namespace {

constexpr double kMargin = 20;
constexpr double kLeading = 1.4;

}  // namespace

void SvgPage::heading(const Text& title) {
  title_ = title.in(language_);
  sentence(title, 20);
}

void SvgPage::sentence(const Text& words, double size) {
  for (const std::string& one : broken(words.in(language_), (width_ - 2 * kMargin) / size)) {
    text(kMargin, y_ + size, size, one, "#222222", "start");
    y_ += size * kLeading;
  }
  y_ += size * 0.3;
}

void SvgPage::text(double x, double baseline, double size, std::string_view words,
                   std::string_view colour, std::string_view anchor) {
  fmt::format_to(std::back_inserter(body_),
                 "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\" fill=\"{}\" "
                 "text-anchor=\"{}\">{}</text>\n",
                 x, baseline, size, colour, anchor, xml_escaped(words));
}

void SvgPage::rectangle(const Box& box, std::string_view fill, std::string_view stroke,
                        std::string_view title) {
  fmt::format_to(std::back_inserter(body_),
                 "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
                 "stroke=\"{}\"",
                 box.x, box.y, box.width, box.height, fill, stroke);
  if (title.empty()) {
    body_ += "/>\n";
  } else {
    body_ += fmt::format("><title>{}</title></rect>\n", xml_escaped(title));
  }
}

void SvgPage::line(double x1, double y1, double x2, double y2, std::string_view colour) {
  fmt::format_to(std::back_inserter(body_),
                 "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n",
                 x1, y1, x2, y2, colour);
}

std::string SvgPage::finish() const {
  const double height = std::ceil(y_ + kMargin);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"Noto Sans CJK SC, Microsoft YaHei, PingFang "
      "SC, WenQuanYi Micro Hei, sans-serif\">\n<title>{2}</title>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{3}</svg>\n",
      width_, height, xml_escaped(title_), body_);
}

}  // namespace liantu
