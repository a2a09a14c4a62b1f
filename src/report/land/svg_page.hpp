#pragma once

#include <string>
#include <string_view>

#include "liantu/base/text/text.hpp"

namespace liantu {

/// A page of SVG that grows downwards, in pixels.
class SvgPage {
 public:
  struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
  };

  SvgPage(double width, Language language) : width_(width), language_(language) {}

  /// The page's title, first of all.
  void heading(const Text& title);
  /// Words at the left margin, broken into lines, at y(), which moves below them.
  void sentence(const Text& words, double size);
  void text(double x, double baseline, double size, std::string_view words, std::string_view colour,
            std::string_view anchor);
  void rectangle(const Box& box, std::string_view fill, std::string_view stroke,
                 std::string_view title = {});
  void line(double x1, double y1, double x2, double y2, std::string_view colour);

  /// Where the next sentence begins.
  [[nodiscard]] double y() const { return y_; }
  void move_to(double y) { y_ = y; }
  [[nodiscard]] Language language() const { return language_; }
  /// The document.
  [[nodiscard]] std::string finish() const;

 private:
  double width_;
  Language language_;
  double y_ = 20;
  std::string title_;
  std::string body_;
};

}  // namespace liantu
