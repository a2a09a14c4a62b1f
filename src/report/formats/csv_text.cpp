#include "liantu/report/formats/csv_text.hpp"

#include <cstddef>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "report/formats/stopped.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What a spreadsheet accepts as one literal text of a formula.
constexpr std::size_t kLongestLiteral = 255;

bool would_run(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_field(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string guarded(std::string_view text) {
  std::string result;
  // Whoever reads it takes one apostrophe off.
  if (would_run(text) || text.starts_with('\'')) result += '\'';
  return result + printable(text, "\t\r\n");
}

// Inside a formula's text a quotation mark is doubled, so that no code can end the text early.
std::string code_literal(std::string_view code) {
  if (code.empty() || code.size() > kLongestLiteral) return guarded(code);
  std::string result = "=\"";
  for (const char c : printable(code)) {
    if (c == '"') result += '"';
    result += c;
  }
  result += '"';
  return result;
}

std::string field_text(const SheetCell& cell, CellKind kind) {
  std::string text;
  if (const double* value = std::get_if<double>(&cell)) {
    text = plain_number(kind == CellKind::Money ? in_hundredths(*value) : *value);
    if (kind != CellKind::Code) return text;
  } else if (const std::string* words = std::get_if<std::string>(&cell)) {
    text = *words;
  }
  return kind == CellKind::Code ? code_literal(text) : guarded(text);
}

void check_utf8(std::string_view text, std::size_t row, std::size_t column,
                std::string_view column_name) {
  const auto bad = find_invalid_utf8(text);
  if (!bad) return;
  throw Error(ErrorCode::InvalidData,
              {fmt::format("row {}, column {} ({}): byte {} is not UTF-8; read the table that it "
                           "comes from with the right encoding",
                           row, column, column_name, *bad + 1),
               fmt::format("第{}行第{}列（{}）：第{}个字节不是UTF-8编码；"
                           "请用正确的编码重新读入原表",
                           row, column, column_name, *bad + 1)});
}

}  // namespace

std::string render_csv(const Sheet& sheet, Language language, const std::stop_token& stop) {
  std::string out(kByteOrderMark);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::string& heading = sheet.columns[i].heading.in(language);
    check_utf8(heading, 1, i + 1, sheet.columns[i].key);
    append_field(out, guarded(heading));
    out += ',';
  }
  append_field(out, kOutputMark.in(language));
  out += "\r\n";
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    if (r % kRowsApart == 0) check_stop(stop, kWritingStopped);
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      if (i < sheet.rows[r].size()) {
        const SheetCell& cell = sheet.rows[r][i];
        if (const std::string* text = std::get_if<std::string>(&cell)) {
          check_utf8(*text, r + 2, i + 1, sheet.columns[i].key);
        }
        append_field(out, field_text(cell, sheet.columns[i].kind));
      }
      out += ',';
    }
    out += "\r\n";
  }
  if (!sheet.summary.empty() || !sheet.notes.empty()) out += "\r\n";
  for (const auto* said : {&sheet.summary, &sheet.notes}) {
    for (const Text& words : *said) {
      append_field(out, guarded(words.in(language)));
      out += "\r\n";
    }
  }
  return out;
}

}  // namespace liantu
