#include "liantu/tables/workbooks/ods.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "tables/cells/number_format.hpp"
#include "tables/workbooks/workbook.hpp"
#include "tables/workbooks/xml_reader.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kMostColumns = 16'384;
constexpr std::uint32_t kMostRows = 1U << 24U;

// Of number-rows-repeated and the like: 1 when it is not there or makes no sense.
std::uint32_t count_of(XmlAttributes attributes, std::string_view name, std::uint32_t most) {
  const std::string_view text = attribute(attributes, name);
  std::uint64_t value = 1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end || value == 0) return 1;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, most));
}

class ManifestHandler : public XmlHandler {
 public:
  void start(std::string_view name, XmlAttributes /*attributes*/) override {
    encrypted = encrypted || name == "encryption-data";
  }
  void end(std::string_view /*name*/) override {}
  void text(std::string_view /*words*/) override {}

  bool encrypted = false;
};

class ContentHandler : public XmlHandler {
 public:
  explicit ContentHandler(Workbook& book) : book_(book) {}

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "style") style_ = attribute(attributes, "name");
    if (name == "table-properties" && attribute(attributes, "display") == "false") {
      hidden_styles_.insert(style_);
    }
    // What other files' sheets were linked to last is no sheet of this one.
    if (name == "dde-link") ++aside_;
    if (aside_ > 0) return;
    if (name == "table") {
      start_sheet(attributes);
    } else if (in_sheet_) {
      start_in_sheet(name, attributes);
    }
  }

  void end(std::string_view name) override {
    if (name == "dde-link" && aside_ > 0) --aside_;
    if (aside_ > 0) return;
    if (skipped_ > 0) {
      if (is_drawing(name)) --skipped_;
    } else if (name == "table") {
      if (std::exchange(in_sheet_, false)) book_.end_sheet();
    } else if (name == "table-row") {
      if (std::exchange(in_row_, false)) end_row();
    } else if (name == "table-cell" || name == "covered-table-cell") {
      if (std::exchange(in_cell_, false)) end_cell();
    } else if (name == "p") {
      in_paragraph_ = false;
    }
  }

  void text(std::string_view words) override {
    if (!in_paragraph_ || skipped_ > 0) return;
    words_ += words;
    book_.check_length(words_.size());
  }

 private:
  static bool is_drawing(std::string_view name) {
    return name == "annotation" || name == "frame" || name == "custom-shape" || name == "ruby-text";
  }

  void start_sheet(XmlAttributes attributes) {
    const std::string name(attribute(attributes, "name"));
    if (in_sheet_ || name.starts_with("'file:")) return;
    const bool hidden = hidden_styles_.contains(std::string(attribute(attributes, "style-name")));
    in_sheet_ = book_.wants(name, hidden);
    next_row_ = 1;
    if (in_sheet_) book_.begin_sheet(name);
  }

  void start_in_sheet(std::string_view name, XmlAttributes attributes) {
    if (is_drawing(name)) ++skipped_;
    if (skipped_ > 0) return;
    if (name == "table-row") {
      const std::string_view visibility = attribute(attributes, "visibility");
      row_hidden_ = visibility == "collapse" || visibility == "filter";
      rows_ = count_of(attributes, "number-rows-repeated", kMostRows);
      in_row_ = true;
      next_column_ = 1;
      cells_.clear();
      faulty_.clear();
    } else if ((name == "table-cell" || name == "covered-table-cell") && in_row_) {
      start_cell(attributes);
    } else if (name == "p" && in_cell_) {
      if (any_paragraph_) words_ += '\n';
      in_paragraph_ = any_paragraph_ = true;
    } else if (in_paragraph_ && name == "s") {
      words_.append(count_of(attributes, "c", 1024), ' ');
      book_.check_length(words_.size());
    } else if (in_paragraph_ && (name == "tab" || name == "line-break")) {
      words_ += name == "tab" ? '\t' : '\n';
    }
  }

  void start_cell(XmlAttributes attributes) {
    in_cell_ = true;
    any_paragraph_ = false;
    words_.clear();
    type_.clear();
    value_.clear();
    error_ = false;
    for (XmlAttributes at = attributes; *at != nullptr; at += 2) {
      const std::string_view name = local_name(*at);
      const std::string_view value = at[1];
      if (name == "value-type") {
        // LibreOffice states it twice; only its own word knows errors.
        error_ = error_ || value == "error";
        if (type_.empty()) type_ = value;
      } else if (name == "value" || name == "date-value" || name == "time-value" ||
                 name == "boolean-value" || name == "string-value") {
        value_ = value;
      }
    }
    columns_ = count_of(attributes, "number-columns-repeated", kMostColumns + 1);
    const std::uint32_t wide = count_of(attributes, "number-columns-spanned", kMostColumns);
    const std::uint32_t high = count_of(attributes, "number-rows-spanned", kMostRows);
    if (wide > 1 || high > 1) {
      book_.add_merge({next_row_, next_column_, next_row_ + high - 1, next_column_ + wide - 1});
    }
  }

  void end_cell() {
    in_paragraph_ = false;
    const std::uint32_t column = next_column_;
    next_column_ = std::min(kMostColumns + 2, next_column_ + columns_);
    if (error_) {
      faulty_.emplace_back(column, words_);
      return;
    }
    std::string& text = book_.text();
    const std::size_t begin = text.size();
    if (type_ == "float" || type_ == "currency" || type_ == "percentage") {
      const auto kind =
          type_ == "percentage" ? NumberFormat::Kind::Percent : NumberFormat::Kind::Number;
      append_number(text, value_, {kind}, DateSystem::From1900);
    } else if (type_ == "date") {
      const std::size_t midnight = value_.find("T00:00:00");
      text += value_.substr(0, midnight);
    } else if (type_ == "boolean") {
      text += value_ == "true" ? "TRUE" : "FALSE";
    } else {
      text += any_paragraph_ ? words_ : value_;
    }
    const Workbook::Span span = book_.span_from(begin);
    if (span.length == 0) return;
    // The first cell beyond the last column is refused when the row ends.
    const std::uint32_t last = std::min(column + columns_ - 1, kMostColumns + 1);
    for (std::uint32_t at = column; at <= last; ++at) cells_.emplace_back(at, span);
  }

  void end_row() {
    if (cells_.empty() && faulty_.empty()) {
      next_row_ = std::min(kMostRows, next_row_ + rows_);
      return;
    }
    for (std::uint32_t i = 0; i < rows_; ++i) {
      book_.begin_row(next_row_++, row_hidden_);
      for (const auto& [column, span] : cells_) book_.add_cell(column, span);
      for (const auto& [column, value] : faulty_) book_.add_faulty_cell(column, value);
      book_.end_row();
    }
  }

  Workbook& book_;
  std::string style_;
  std::set<std::string> hidden_styles_;
  int aside_ = 0;
  int skipped_ = 0;
  bool in_sheet_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_paragraph_ = false;
  bool any_paragraph_ = false;
  bool row_hidden_ = false;
  bool error_ = false;
  std::uint32_t next_row_ = 1;
  std::uint32_t next_column_ = 1;
  std::uint32_t rows_ = 1;
  std::uint32_t columns_ = 1;
  std::string type_;
  std::string value_;
  std::string words_;
  std::vector<std::pair<std::uint32_t, Workbook::Span>> cells_;
  std::vector<std::pair<std::uint32_t, std::string>> faulty_;
};

}  // namespace

std::vector<Table> parse_ods(std::string_view bytes, const std::string& file,
                             const TableOptions& options) {
  check_limits(file, options.limits, bytes.size());
  ZipArchive archive(bytes, file, options);
  const auto refuse = [&](Text wrong, Text remedy) {
    throw Error(ErrorCode::InvalidData, {.file = file}, std::move(wrong), std::move(remedy));
  };
  if (const auto manifest = archive.find("META-INF/manifest.xml")) {
    ManifestHandler handler;
    read_xml(archive, *manifest, file, "META-INF/manifest.xml", handler);
    if (handler.encrypted) {
      refuse({"is protected by a password", "工作簿有密码保护"},
             {"open it, remove the password and save it again", "请打开后取消密码，再保存"});
    }
  }
  const auto content = archive.find("content.xml");
  if (!content) {
    refuse(
        {"is an archive but not an OpenDocument spreadsheet", "是压缩包而不是 OpenDocument 表格"},
        {"save it as .xlsx or .ods in the spreadsheet program",
         "请在表格软件中另存为 .xlsx 或 .ods"});
  }
  Workbook book(file, options, bytes.size());
  ContentHandler handler(book);
  read_xml(archive, *content, file, "content.xml", handler);
  return book.finish();
}

}  // namespace liantu
