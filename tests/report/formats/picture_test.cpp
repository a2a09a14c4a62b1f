#include "liantu/report/formats/picture.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

std::string drawing(std::string_view size, std::string_view words) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" {} "
      "viewBox=\"0 0 200 100\" font-family=\"Noto Sans CJK SC\"><title>隔膜 &amp; 电池</title>"
      "<desc>liantu 0.1.0; data of 2025</desc><g><title>not the drawing's</title>"
      "<text x=\"10\" y=\"50\" font-size=\"12\">{}</text></g></svg>",
      size, words);
}

const std::string kSmall = drawing("width=\"200\" height=\"100\"", "隔膜产能 8 亿元");

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes.at(at + i));
  }
  return number;
}

// What a program of poppler says of a document; nothing where it is not installed.
std::string said_by(const std::string& program, const std::string& pdf, const std::string& behind) {
  if (std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) != 0) return {};
  const fs::path file =
      fs::temp_directory_path() / fmt::format("liantu-picture-{}.pdf", ::getpid());
  std::ofstream(file, std::ios::binary) << pdf;
  const std::string command = fmt::format("{} {} {} 2>&1", program, file.string(), behind);
  std::string said;
  if (FILE* pipe = ::popen(command.c_str(), "r"); pipe != nullptr) {
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    ::pclose(pipe);
  }
  fs::remove(file);
  return said;
}

template <typename Draw>
void expect_error(Draw draw, ErrorCode code, std::string_view en, std::string_view zh) {
  try {
    static_cast<void>(draw());
    ADD_FAILURE() << "no error: " << en;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.message().en;
    EXPECT_NE(error.message().en.find(en), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().zh.find(zh), std::string::npos) << error.message().zh;
  }
}

TEST(Picture, EqualDrawingsGiveEqualBytesThatNameNoDay) {
  const Picture pdf = draw_pdf(kSmall);
  EXPECT_TRUE(pdf.bytes.starts_with("%PDF-1."));
  EXPECT_EQ(pdf.bytes.find("Date"), std::string::npos);
  EXPECT_EQ(pdf.bytes, draw_pdf(kSmall).bytes);
  EXPECT_EQ(draw_png(kSmall).bytes, draw_png(kSmall).bytes);
  EXPECT_EQ(pdf.without_font, "");
}

TEST(Picture, APdfHasItsFontsInItAndItsWordsAreFound) {
  const std::string pdf = draw_pdf(kSmall).bytes;
  const std::string words = said_by("pdftotext", pdf, "-");
  if (words.empty()) GTEST_SKIP() << "poppler-utils is not installed";
  EXPECT_NE(words.find("隔膜产能 8 亿元"), std::string::npos) << words;
  const std::string fonts = said_by("pdffonts", pdf, "");
  EXPECT_NE(fonts.find("NotoSansCJK"), std::string::npos) << fonts;
  EXPECT_NE(fonts.find("yes yes yes"), std::string::npos) << fonts;  // embedded, subset, Unicode
  const std::string about = said_by("pdfinfo", pdf, "");
  EXPECT_NE(about.find("隔膜 & 电池"), std::string::npos) << about;
  EXPECT_NE(about.find("liantu 0.1.0; data of 2025"), std::string::npos) << about;
  EXPECT_NE(about.find("150 x 75 pts"), std::string::npos) << about;  // 72 points are 96 pixels
}

TEST(Picture, AnA3BoardIsAnA3Page) {
  const std::string about =
      said_by("pdfinfo", draw_pdf(drawing("width=\"420mm\" height=\"297mm\"", "板")).bytes, "");
  if (about.empty()) GTEST_SKIP() << "poppler-utils is not installed";
  EXPECT_NE(about.find("(A3)"), std::string::npos) << about;
}

TEST(Picture, APageBeyondWhatReadersShowIsReduced) {
  const std::string about =
      said_by("pdfinfo", draw_pdf(drawing("width=\"40000\" height=\"10000\"", "长卷")).bytes, "");
  if (about.empty()) GTEST_SKIP() << "poppler-utils is not installed";
  EXPECT_NE(about.find("14400 x 3600 pts"), std::string::npos) << about;
}

TEST(Picture, APngHasTheSizeThatItsResolutionSays) {
  for (const auto& [dpi, width, height] :
       {std::tuple{96, 200U, 100U}, std::tuple{144, 300U, 150U}, std::tuple{100, 209U, 105U}}) {
    const std::string png = draw_png(kSmall, {.dpi = static_cast<double>(dpi)}).bytes;
    ASSERT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n"));
    EXPECT_EQ(number_at(png, 16), width) << dpi;
    EXPECT_EQ(number_at(png, 20), height) << dpi;
  }
}

TEST(Picture, APngSaysItsResolutionAndHowItWasMade) {
  const std::string png = draw_png(kSmall).bytes;
  // 144 dots per inch are 5,669 per metre; the check sum is zlib's.
  const std::string resolution("\0\0\0\x09pHYs\0\0\x16\x25\0\0\x16\x25\1\x49\x52\x24\xf0", 21);
  EXPECT_EQ(png.substr(33, 21), resolution);
  const std::string head("iTXtDescription\0\0\0\0\0liantu 0.1.0; data of 2025", 46);
  EXPECT_EQ(png.substr(58, 46), head);
}

TEST(Picture, CharactersWithoutAFontAreTold) {
  const std::string svg = drawing("width=\"200\" height=\"100\"", "隔膜电池\U0010F123\U0010F124");
  EXPECT_EQ(draw_pdf(svg).without_font, "\U0010F123\U0010F124");
  EXPECT_EQ(draw_png(svg).without_font, "\U0010F123\U0010F124");
}

TEST(Picture, ADrawingWhoseWordsHaveNoFontIsRefused) {
  const std::string svg = drawing("width=\"200\" height=\"100\"", "\U0010F123\U0010F124膜");
  for (const auto& draw : {draw_pdf, draw_png}) {
    expect_error([&] { return draw(svg, {}); }, ErrorCode::NotFound,
                 "2 of the drawing's 3 characters", "fonts-noto-cjk");
  }
}

TEST(Picture, WhatIsTooLargeIsRefusedWithTheLimitThatHelps) {
  const auto png = [](std::string_view svg, PictureOptions options) {
    return [=] { return draw_png(svg, options); };
  };
  expect_error(png(kSmall, {.pixels = 44'999}), ErrorCode::LimitReached,
               "300 × 150 pixels, more than 44999", "--limit picture_pixels=数值");
  EXPECT_NO_THROW(static_cast<void>(draw_png(kSmall, {.pixels = 45'000})));
  const std::string wide = drawing("width=\"30000\" height=\"1\"", "宽");
  expect_error(png(wide, {}), ErrorCode::LimitReached, "45000 × 2 pixels", "单边 32767");
  for (const auto& draw : {draw_pdf, draw_png}) {
    expect_error([&] { return draw(kSmall, {.svg_bytes = kSmall.size() - 1}); },
                 ErrorCode::LimitReached, "--limit picture_bytes=VALUE", "picture_bytes=数值");
    EXPECT_NO_THROW(static_cast<void>(draw(kSmall, {.svg_bytes = kSmall.size()})));
  }
}

TEST(Picture, AResolutionOutOfRangeIsRefused) {
  for (const double dpi : {0.0, 9.9, 1200.5, std::nan(""), -144.0}) {
    expect_error([&] { return draw_png(kSmall, {.dpi = dpi}); }, ErrorCode::InvalidArgument,
                 "outside 10 to 1200", "10 至 1200");
  }
}

TEST(Picture, WhatIsNoDrawingIsRefused) {
  for (const auto& draw : {draw_pdf, draw_png}) {
    for (const std::string_view text : {"", "digraph { a -> b }", "<html></html>", "<svg>"}) {
      expect_error([&] { return draw(text, {}); }, ErrorCode::InvalidData, "not an SVG drawing",
                   "不是 SVG 图");
    }
  }
}

}  // namespace
}  // namespace liantu
