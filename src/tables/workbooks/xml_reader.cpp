#include "tables/workbooks/xml_reader.hpp"

#include <exception>
#include <expat.h>
#include <memory>
#include <type_traits>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

// A name or value that is longer is searched again from its start with every piece.
constexpr XML_Index kLongestToken = XML_Index{4} << 20;

using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)>;

struct Reading {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  std::exception_ptr failure;
  bool document_type = false;

  // No exception may cross the parser, which is C.
  template <typename Tell>
  void guard(const Tell& tell) noexcept {
    if (failure) return;
    try {
      tell();
    } catch (...) {
      failure = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

Reading& reading(void* data) { return *static_cast<Reading*>(data); }

void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  Reading& at = reading(data);
  at.guard([&] { at.handler->start(local_name(name), attributes); });
}

void XMLCALL on_end(void* data, const XML_Char* name) {
  Reading& at = reading(data);
  at.guard([&] { at.handler->end(local_name(name)); });
}

void XMLCALL on_text(void* data, const XML_Char* words, int length) {
  Reading& at = reading(data);
  at.guard([&] { at.handler->text({words, static_cast<std::size_t>(length)}); });
}

void XMLCALL on_document_type(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                              const XML_Char* /*public*/, int /*internal*/) {
  Reading& at = reading(data);
  at.document_type = true;
  XML_StopParser(at.parser, XML_FALSE);
}

}  // namespace

void read_xml(ZipArchive& archive, std::uint64_t entry, const std::string& file,
              const std::string& name, XmlHandler& handler) {
  const Parser parser(XML_ParserCreate(nullptr), XML_ParserFree);
  if (parser == nullptr) throw std::bad_alloc();
  Reading state{parser.get(), &handler, nullptr, false};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  const auto refuse = [&](const Text& wrong) {
    const auto line = XML_GetCurrentLineNumber(parser.get());
    throw Error{ErrorCode::InvalidData,
                {.file = file},
                {fmt::format("{} line {} {}", name, line, wrong.en),
                 fmt::format("{} 第 {} 行{}", name, line, wrong.zh)},
                {"open the workbook in the spreadsheet program and save it again",
                 "请用表格软件打开后重新保存"}};
  };
  XML_Index given = 0;
  archive.read(
      entry,
      [&](std::size_t capacity) {
        void* buffer = XML_GetBuffer(parser.get(), static_cast<int>(capacity));
        if (buffer == nullptr) throw std::bad_alloc();
        return buffer;
      },
      [&](std::size_t count, bool last) {
        const auto status =
            XML_ParseBuffer(parser.get(), static_cast<int>(count), last ? XML_TRUE : XML_FALSE);
        if (state.failure) std::rethrow_exception(state.failure);
        if (state.document_type) {
          refuse({"declares a document type, which workbooks never do",
                  "声明了文档类型，工作簿不应有"});
        }
        if (status != XML_STATUS_OK) {
          refuse({fmt::format("is broken ({})", XML_ErrorString(XML_GetErrorCode(parser.get()))),
                  "已损坏"});
        }
        given += static_cast<XML_Index>(count);
        if (given - XML_GetCurrentByteIndex(parser.get()) > kLongestToken) {
          refuse({"holds a name or value that is too long", "中有过长的名称或值"});
        }
        return true;
      });
}

}  // namespace liantu
