#include "liantu/report/formats/picture.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fontconfig/fontconfig.h>
#include <initializer_list>
#include <iterator>
#include <librsvg/rsvg.h>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "report/formats/svg_words.hpp"

namespace liantu {
namespace {

constexpr double kPointsPerPixel = 72.0 / 96;  // of CSS
constexpr double kLargestPage = 14400;         // in points
constexpr double kLargestSide = 32767;         // of a Cairo image

// What each of the C libraries wants its things freed with.
struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(FcCharSet* characters) const { FcCharSetDestroy(characters); }
  void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
  void operator()(FcObjectSet* objects) const { FcObjectSetDestroy(objects); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(GInputStream* stream) const { g_object_unref(stream); }
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

template <typename T>
Owned<T> owned(T* thing) {
  if (thing == nullptr) throw std::bad_alloc();
  return Owned<T>(thing);
}

[[noreturn]] void throw_undrawn(std::string_view why) {
  throw Error(ErrorCode::Io, {fmt::format("cannot draw the picture: {}; write SVG instead", why),
                              fmt::format("无法绘出图片：{}；可改为写出 SVG", why)});
}

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) throw_undrawn(cairo_status_to_string(status));
}

// The characters that no installed font has.
std::u32string without_font(const std::set<char32_t>& drawn) {
  const Owned<FcPattern> any = owned(FcPatternCreate());
  const Owned<FcObjectSet> wanted = owned(FcObjectSetBuild(FC_CHARSET, nullptr));
  const Owned<FcFontSet> fonts = owned(FcFontList(nullptr, any.get(), wanted.get()));
  std::vector<FcCharSet*> sets;
  for (int i = 0; i < fonts->nfont; ++i) {
    FcCharSet* characters = nullptr;
    if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch) {
      sets.push_back(characters);
    }
  }
  std::u32string missing;
  std::ranges::copy_if(drawn, std::back_inserter(missing), [&](char32_t one) {
    return std::ranges::none_of(
        sets, [&](FcCharSet* set) { return FcCharSetHasChar(set, one) == FcTrue; });
  });
  return missing;
}

std::string check_fonts(const SvgWords& words) {
  const std::u32string missing = without_font(words.drawn);
  if (missing.size() * 2 > words.drawn.size()) {
    throw Error(ErrorCode::NotFound,
                {fmt::format("no installed font has {} of the drawing's {} characters, such as {}; "
                             "apt-get install fonts-noto-cjk, or write SVG instead",
                             missing.size(), words.drawn.size(), to_utf8(missing.substr(0, 3))),
                 fmt::format("图中 {} 个字有 {} 个没有可用字体，如 {}；请执行 apt-get install "
                             "fonts-noto-cjk，或改为写出 SVG",
                             words.drawn.size(), missing.size(), to_utf8(missing.substr(0, 3)))});
  }
  return to_utf8(missing);
}

void check_size(std::string_view svg, const PictureOptions& options) {
  if (svg.size() <= options.svg_bytes) return;
  throw Error(
      ErrorCode::LimitReached,
      {fmt::format("the drawing has {} bytes, more than {}; draw less, write SVG instead or "
                   "raise the limit: --limit picture_bytes=VALUE",
                   svg.size(), options.svg_bytes),
       fmt::format("图有 {} 字节，超过 {}；请减少内容、改为写出 SVG，或调高限额：--limit "
                   "picture_bytes=数值",
                   svg.size(), options.svg_bytes)});
}

Owned<RsvgHandle> open(std::string_view svg) {
  const Owned<GInputStream> stream = owned(
      g_memory_input_stream_new_from_data(svg.data(), static_cast<gssize>(svg.size()), nullptr));
  GError* failed = nullptr;
  RsvgHandle* handle = rsvg_handle_new_from_stream_sync(
      stream.get(), nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, &failed);
  const Owned<GError> error(failed);
  if (handle == nullptr) throw_undrawn(error ? error->message : "librsvg");
  rsvg_handle_set_dpi(handle, 96);
  return Owned<RsvgHandle>(handle);
}

struct Size {
  double width = 0;
  double height = 0;
};

// In CSS pixels.
Size size_of(RsvgHandle* handle) {
  Size size;
  const bool known =
      rsvg_handle_get_intrinsic_size_in_pixels(handle, &size.width, &size.height) != FALSE;
  if (known && size.width > 0 && size.height > 0) return size;
  throw Error(ErrorCode::InvalidData, {"the drawing says no width and height; give one that the "
                                       "program drew, unchanged",
                                       "图未注明宽和高；请使用本程序绘出、未经改动的图"});
}

void paint(RsvgHandle* handle, cairo_surface_t* surface, const Size& size) {
  const Owned<cairo_t> context = owned(cairo_create(surface));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  const RsvgRectangle all{0, 0, size.width, size.height};
  GError* failed = nullptr;
  const bool drawn = rsvg_handle_render_document(handle, context.get(), &all, &failed) != FALSE;
  const Owned<GError> error(failed);
  check(cairo_status(context.get()));
  if (!drawn) throw_undrawn(error ? error->message : "librsvg");
}

// Called by C: what it throws must not pass.
cairo_status_t append(void* into, const unsigned char* bytes, unsigned int count) {
  try {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), count);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

std::string four_bytes(std::uint32_t number) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 0xFF);
  return bytes;
}

// A chunk of a PNG: its length, its kind and data, and their check sum (ISO 3309).
std::string chunk(std::string_view kind, std::string_view data) {
  std::string checked = std::string(kind) + std::string(data);
  std::uint32_t sum = 0xFFFFFFFF;
  for (const char one : checked) {
    sum ^= static_cast<unsigned char>(one);
    for (int bit = 0; bit < 8; ++bit) sum = (sum & 1) != 0 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
  }
  return four_bytes(static_cast<std::uint32_t>(data.size())) + checked + four_bytes(~sum);
}

// Behind the header, the only place that fits every chunk.
void describe(std::string& png, double dpi, const std::string& description) {
  constexpr std::size_t kHeader = 8 + 25;
  const std::string per_metre = four_bytes(static_cast<std::uint32_t>(std::lround(dpi / 0.0254)));
  std::string more = chunk("pHYs", per_metre + per_metre + '\1');
  if (!description.empty()) {
    constexpr std::string_view kHead("Description\0\0\0\0\0", 16);  // not compressed, no language
    more += chunk("iTXt", std::string(kHead) + description);
  }
  png.insert(std::min(kHeader, png.size()), more);
}

}  // namespace

Picture draw_pdf(std::string_view svg, const PictureOptions& options) {
  check_size(svg, options);
  const SvgWords words = svg_words(svg);
  Picture picture;
  picture.without_font = check_fonts(words);
  const Owned<RsvgHandle> handle = open(svg);
  Size size = size_of(handle.get());
  const double scale = std::min(kPointsPerPixel, kLargestPage / std::max(size.width, size.height));
  size = {size.width * scale, size.height * scale};
  const Owned<cairo_surface_t> surface =
      owned(cairo_pdf_surface_create_for_stream(append, &picture.bytes, size.width, size.height));
  // The time of making would make every document another.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
  if (!words.title.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, words.title.c_str());
  }
  if (!words.description.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT,
                                   words.description.c_str());
  }
  paint(handle.get(), surface.get(), size);
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  return picture;
}

Picture draw_png(std::string_view svg, const PictureOptions& options) {
  if (!(options.dpi >= 10 && options.dpi <= 1200)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("resolution {} is outside 10 to 1200 dots per inch", options.dpi),
                 fmt::format("分辨率 {} 不在每英寸 10 至 1200 点之内", options.dpi)});
  }
  check_size(svg, options);
  const SvgWords words = svg_words(svg);
  Picture picture;
  picture.without_font = check_fonts(words);
  const Owned<RsvgHandle> handle = open(svg);
  Size size = size_of(handle.get());
  const double scale = options.dpi / 96;
  size = {std::ceil(size.width * scale), std::ceil(size.height * scale)};
  if (size.width > kLargestSide || size.height > kLargestSide ||
      size.width * size.height > static_cast<double>(options.pixels)) {
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("at {} dots per inch the picture has {:.0f} × {:.0f} pixels, more than {} or "
                     "than {} a side; give a lower --dpi, write PDF, or raise the limit: --limit "
                     "picture_pixels=VALUE",
                     options.dpi, size.width, size.height, options.pixels, kLargestSide),
         fmt::format("按每英寸 {} 点，图为 {:.0f} × {:.0f} 像素，超过 {} 或单边 {}；请调低 "
                     "--dpi、改为写出 PDF，或调高限额：--limit picture_pixels=数值",
                     options.dpi, size.width, size.height, options.pixels, kLargestSide)});
  }
  const Owned<cairo_surface_t> surface = owned(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(size.width), static_cast<int>(size.height)));
  check(cairo_surface_status(surface.get()));
  paint(handle.get(), surface.get(), size);
  check(cairo_surface_write_to_png_stream(surface.get(), append, &picture.bytes));
  describe(picture.bytes, options.dpi, words.description);
  return picture;
}

}  // namespace liantu
