#include "report/formats/svg_words.hpp"

#include <cstddef>
#include <expat.h>
#include <memory>
#include <new>
#include <utility>

#include "base/text/code_point.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

// An element is known by its name, be there a prefix or not.
std::string_view plain_name(std::string_view name) {
  return name.substr(name.rfind(':') == std::string_view::npos ? 0 : name.rfind(':') + 1);
}

struct Reading {
  SvgWords words;
  int depth = 0;  // elements open
  int texts = 0;  // of which are `text`
  bool is_svg = false;
  std::string* into = nullptr;
  std::string run;  // of text, a character may come in two parts
};

void count_characters(Reading& reading) {
  for (std::size_t at = 0; at < reading.run.size();) {
    const CodePoint one = decode_at(reading.run, at);
    if (one.valid && one.value > U' ' && one.value != U'\u00a0' && one.value != U'\u3000') {
      reading.words.drawn.insert(one.value);
    }
    at += one.bytes;
  }
  reading.run.clear();
}

void on_start(void* data, const XML_Char* name, const XML_Char** /*attributes*/) {
  auto& reading = *static_cast<Reading*>(data);
  const std::string_view element = plain_name(name);
  if (reading.depth == 0) reading.is_svg = element == "svg";
  if (reading.depth == 1 && element == "title") reading.into = &reading.words.title;
  if (reading.depth == 1 && element == "desc") reading.into = &reading.words.description;
  if (element == "text") ++reading.texts;
  ++reading.depth;
}

void on_end(void* data, const XML_Char* name) {
  auto& reading = *static_cast<Reading*>(data);
  --reading.depth;
  if (reading.depth == 1) reading.into = nullptr;
  if (plain_name(name) == "text" && --reading.texts == 0) count_characters(reading);
}

void on_words(void* data, const XML_Char* words, int length) {
  auto& reading = *static_cast<Reading*>(data);
  const std::string_view piece(words, static_cast<std::size_t>(length));
  if (reading.into != nullptr) *reading.into += piece;
  if (reading.texts > 0) reading.run += piece;
}

struct Free {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

SvgWords svg_words(std::string_view svg) {
  const std::unique_ptr<XML_ParserStruct, Free> parser(XML_ParserCreate("UTF-8"));
  if (parser == nullptr) throw std::bad_alloc();
  Reading reading;
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_words);
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  bool well_formed = true;
  for (std::size_t at = 0; well_formed && at <= svg.size(); at += kBlock) {
    const std::string_view block = svg.substr(at, kBlock);
    const bool last = at + kBlock > svg.size();
    well_formed = XML_Parse(parser.get(), block.data(), static_cast<int>(block.size()),
                            last ? XML_TRUE : XML_FALSE) == XML_STATUS_OK;
  }
  if (!well_formed || !reading.is_svg) {
    throw Error(ErrorCode::InvalidData,
                {"this is not an SVG drawing; give one that the program drew, unchanged",
                 "这不是 SVG 图；请使用本程序绘出、未经改动的图"});
  }
  return std::move(reading.words);
}

}  // namespace liantu
