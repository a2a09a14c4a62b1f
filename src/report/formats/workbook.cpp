#include "liantu/report/formats/workbook.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <string_view>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "base/text/ascii.hpp"
#include "base/text/code_point.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/unwritable.hpp"
#include "liantu/base/text/utf8.hpp"
#include "report/formats/stopped.hpp"
#include "report/words/words.hpp"

namespace liantu {

namespace {

constexpr std::size_t kMostRows = 1048576;
constexpr std::size_t kMostColumns = 16384;
constexpr std::size_t kMostUnits = 32767;  // UTF-16 units of a cell's text
constexpr std::size_t kNameLength = 31;    // of a sheet
constexpr std::size_t kNarrowest = 6;
constexpr std::size_t kWidest = 48;     // columns of the screen; longer text is wrapped
constexpr std::size_t kBroad = 160;     // columns of the screen that A4 still shows legibly
constexpr std::size_t kBroadest = 300;  // and that A3 does
constexpr std::size_t kPage = 125;      // that fill A4
constexpr std::size_t kWrapped = 16;    // a column of text may shrink to, for the page's sake
constexpr double kLineHeight = 17;      // points; Chinese fonts are higher than Latin ones
// A Chinese character is a little wider than two digits of the font that widths are counted in.
constexpr double kDigits = 1.1;
constexpr std::uint16_t kBlockScale = 88;                      // per cent, of a sheet of blocks
constexpr double kBlockPage = (297 / 25.4 - 1.7) * 72 / 0.88;  // points of it that a page holds
constexpr std::size_t kMostLines = 12;  // of a row; a longer text is read in the cell
constexpr std::size_t kFewLines = 3;    // the same where a sheet is broader than pages are
constexpr std::size_t kSampled = 2000;  // rows that a column's width is taken from

[[noreturn]] void fail_writing(std::string_view why) {
  throw Error(
      ErrorCode::Io,
      {fmt::format("the workbook cannot be made: {}; free some room for temporary files", why),
       fmt::format("无法生成工作簿：{}；请腾出临时文件空间后重试", why)});
}

/// A file in memory that the writing library sees under a name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) fail_writing(std::generic_category().message(errno));
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }

  [[nodiscard]] std::string name() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

  [[nodiscard]] std::string content() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    if (size < 0) fail_writing(std::generic_category().message(errno));
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t got =
          pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (got <= 0) fail_writing(std::generic_category().message(errno));
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

/// Whether a cell can hold it: tabs and line feeds are kept.
bool can_stand(char32_t c) { return c == '\t' || c == '\n' || !unwritable(c); }

/// Texts made fit for cells, and how many had to change.
class CellTexts {
 public:
  // Whether a text can stand as it is.
  [[nodiscard]] static bool fits(std::string_view text) {
    if (text.size() >= kMostUnits) return false;
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint one = decode_at(text, at);
      if (!one.valid || !can_stand(one.value)) return false;
      at += one.bytes;
    }
    return true;
  }

  std::string fit(std::string_view text) {
    std::u32string fitted;
    std::size_t units = 0;
    bool replaced = false;
    for (const char32_t c : to_utf32(text)) {
      units += c > 0xFFFF ? 2 : 1;
      if (units > kMostUnits - 1) {
        ++cut_;
        fitted += U'…';
        break;
      }
      replaced = replaced || !can_stand(c);
      fitted += can_stand(c) ? c : kReplacement;
    }
    if (replaced) ++replaced_;
    return to_utf8(fitted);
  }

  [[nodiscard]] std::vector<Text> notes() const {
    std::vector<Text> notes;
    if (replaced_ > 0) {
      notes.push_back(
          {fmt::format("{} cells hold characters that cannot be written, shown as \uFFFD",
                       replaced_),
           fmt::format("有 {} 个单元格含无法写出的字符，以 \uFFFD 代替", replaced_)});
    }
    if (cut_ > 0) {
      notes.push_back(
          {fmt::format("{} texts are longer than a cell can hold and end with …; they "
                       "stand whole in CSV and JSON",
                       cut_),
           fmt::format("有 {} 处文字超出单元格容量，以“…”结尾；CSV 与 JSON 中为全文", cut_)});
    }
    return notes;
  }

 private:
  std::size_t replaced_ = 0;
  std::size_t cut_ = 0;
};

/// Names of sheets: free of what names may not hold, and each its own.
class SheetNames {
 public:
  std::string next(const Sheet& sheet, Language language) {
    std::u32string name;
    for (const char32_t c : to_utf32(sheet.title.in(language))) {
      const bool refused = std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos;
      if (!refused && c >= 0x20 && can_stand(c) && c <= 0xFFFF) name += c;
    }
    if (name.empty()) name = to_utf32(language == Language::Zh ? "表" : "sheet");
    for (std::size_t number = 1;; ++number) {
      const std::string tail = number == 1 ? "" : fmt::format(" {}", number);
      const std::string tried = to_utf8(name.substr(0, kNameLength - tail.size())) + tail;
      // Letters of either case are one to spreadsheets.
      if (taken_.insert(lower_ascii(tried)).second) return tried;
    }
  }

 private:
  std::set<std::string> taken_;
};

struct Formats {
  explicit Formats(lxw_workbook* book) {
    title = workbook_add_format(book);
    format_set_bold(title);
    format_set_font_size(title, 14);
    heading = workbook_add_format(book);
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_align(heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(heading, LXW_ALIGN_CENTER);
    format_set_bg_color(heading, 0xDDEBF7);
    format_set_border(heading, LXW_BORDER_THIN);
    text = cell(book);
    format_set_text_wrap(text);
    code = cell(book);
    format_set_num_format(code, "@");
    // The blank behind keeps figures from the words of the next column.
    number = cell(book);
    format_set_num_format(number, "0_ ");
    fraction = cell(book);
    format_set_num_format(fraction, "#,##0.00_ ");
    money = cell(book);
    format_set_num_format(money, "#,##0_ ");
    rank = cell(book);
    format_set_align(rank, LXW_ALIGN_CENTER);
    block = cell(book);
    format_set_bold(block);
    format_set_text_wrap(block);
    format_set_bg_color(block, 0xDDEBF7);
    share = cell(book);
    format_set_num_format(share, "0.0%");
    fill_in = cell(book);
    format_set_text_wrap(fill_in);
    format_set_bg_color(fill_in, 0xFFFFCC);
    format_set_unlocked(fill_in);
    constexpr std::uint32_t kGradeColours[] = {0xC6EFCE, 0xFFEB9C, 0xEDEDED};
    for (std::size_t i = 0; i < std::size(grades); ++i) {
      grades[i] = cell(book);
      format_set_align(grades[i], LXW_ALIGN_CENTER);
      format_set_bg_color(grades[i], kGradeColours[i]);
    }
    note = workbook_add_format(book);
    format_set_font_color(note, 0x595959);
    constexpr std::array<std::uint32_t, 3> kColours = {0xBDD7EE, 0xFFEB9C, 0xFFC7CE};
    for (std::size_t i = 0; i < kColours.size(); ++i) {
      marked[i] = cell(book);
      format_set_text_wrap(marked[i]);
      format_set_bg_color(marked[i], kColours[i]);
    }
  }

  static lxw_format* cell(lxw_workbook* book) {
    lxw_format* made = workbook_add_format(book);
    format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(made, LXW_BORDER_THIN);
    format_set_border_color(made, 0xBFBFBF);
    return made;
  }

  lxw_format* title;
  lxw_format* heading;
  lxw_format* text;
  lxw_format* code;
  lxw_format* number;
  lxw_format* fraction;
  lxw_format* money;
  lxw_format* rank;   // a whole number that leads its row
  lxw_format* block;  // a block's first row
  lxw_format* share;
  lxw_format* fill_in;
  lxw_format* grades[3];  // A, B, C
  lxw_format* note;
  std::array<lxw_format*, 3> marked{};  // by severity
};

void must(lxw_error error) {
  if (error == LXW_NO_ERROR) return;
  if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
  fail_writing(lxw_strerror(error));
}

void check_text(std::string_view text, const Sheet& sheet, std::size_t row, std::size_t column) {
  const auto bad = find_invalid_utf8(text);
  if (!bad) return;
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("{}, row {}, column {}: byte {} is not UTF-8; read the table that it "
                   "comes from with the right encoding",
                   sheet.title.en, row, column, *bad + 1),
       fmt::format("{}，第{}行第{}列：第{}个字节不是 UTF-8 编码；请用正确的编码重新读入原表",
                   sheet.title.zh, row, column, *bad + 1)});
}

void check_size(const Sheet& sheet) {
  // A title, headings, an empty line and sentences stand beside the rows.
  const std::size_t rows =
      sheet.rows.size() + sheet.head.size() + sheet.summary.size() + sheet.notes.size() + 5;
  if (rows > kMostRows || sheet.columns.size() >= kMostColumns) {
    throw Error(ErrorCode::LimitReached,
                {fmt::format("a sheet of a workbook holds {} rows and {} columns at most, and this "
                             "list has {} and {}; write it as CSV, or fewer rows of it",
                             kMostRows, kMostColumns, rows, sheet.columns.size()),
                 fmt::format("工作表最多 {} 行 {} 列，本表有 {} 行 {} 列；请写成 CSV，或减少行数",
                             kMostRows, kMostColumns, rows, sheet.columns.size())});
  }
}

/// Writes one sheet of the book.
class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* out, const Sheet& sheet, const Formats& formats, Language language,
              const std::stop_token& stop)
      : out_(out), sheet_(sheet), formats_(formats), language_(language), stop_(stop) {}

  void write() {
    if (const std::string& title = sheet_.title.in(language_); !title.empty()) {
      string(0, 0, title, formats_.title);
      next_ = 1;
    }
    sentences(sheet_.head);
    measure();
    if (!sheet_.columns.empty()) {
      lay_out(next_, static_cast<lxw_row_t>(next_ + sheet_.rows.size()));
      headings();
    }
    rows();
    ++next_;
    sentences(sheet_.summary);
    sentences(sheet_.notes);
    sentences(texts_.notes());
  }

 private:
  void headings() {
    std::size_t lines = 1;
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const std::string& heading = sheet_.columns[i].heading.in(language_);
      string(next_, i, heading, formats_.heading);
      lines = std::max(lines, lines_of(heading, widths_[i]));
    }
    // So that `build` tells a list from a table; the column is hidden from people.
    string(next_, sheet_.columns.size(), kOutputMark.in(language_), formats_.heading);
    must(worksheet_set_row(out_, next_, kLineHeight * static_cast<double>(lines), nullptr));
    ++next_;
  }

  void rows() {
    std::map<std::pair<std::size_t, std::size_t>, Severity> marks;
    for (const MarkedCell& one : sheet_.marked) marks[{one.row, one.column}] = one.severity;
    std::vector<double> heights;
    for (std::size_t r = 0; r < sheet_.rows.size(); ++r) {
      if (r % kRowsApart == 0) check_stop(stop_, kWritingStopped);
      const std::vector<SheetCell>& row = sheet_.rows[r];
      const bool heads = std::ranges::binary_search(sheet_.blocks, r);
      std::size_t lines = 1;
      for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
        forced_ = heads ? formats_.block : nullptr;
        if (!marks.empty()) {
          const auto mark = marks.find({r, i});
          if (mark != marks.end()) {
            forced_ = formats_.marked[static_cast<std::size_t>(mark->second)];
          }
        }
        cell(i, i < row.size() ? row[i] : SheetCell());
        if (i < row.size()) lines = std::max(lines, lines_of(row[i], widths_[i]));
      }
      set_lines(next_, lines);
      if (!sheet_.blocks.empty()) heights.push_back(kLineHeight * static_cast<double>(lines));
      ++next_;
    }
    if (!sheet_.blocks.empty()) break_pages(heights);
  }

  // Before each block that would not end on the page it begins on, unless it begins the page.
  void break_pages(const std::vector<double>& heights) {
    std::vector<lxw_row_t> breaks;
    const auto first = static_cast<lxw_row_t>(next_ - sheet_.rows.size());
    const double above = kLineHeight * static_cast<double>(first + 1);
    double used = above;
    for (std::size_t i = 0; i < sheet_.blocks.size(); ++i) {
      const std::size_t begin = sheet_.blocks[i];
      const std::size_t end = i + 1 < sheet_.blocks.size() ? sheet_.blocks[i + 1] : heights.size();
      double height = 0;
      for (std::size_t r = begin; r < end; ++r) height += heights[r];
      if (used + height > kBlockPage && begin > 0) {
        breaks.push_back(first + static_cast<lxw_row_t>(begin));
        used = 2 * kLineHeight;  // the headings, repeated
      }
      used += height;
    }
    breaks.push_back(0);
    must(worksheet_set_h_pagebreaks(out_, breaks.data()));
  }

  void string(lxw_row_t row, std::size_t column, const std::string& text, lxw_format* format) {
    const auto at = static_cast<lxw_col_t>(column);
    if (CellTexts::fits(text)) {
      must(worksheet_write_string(out_, row, at, text.c_str(), format));
      return;
    }
    check_text(text, sheet_, row + 1, column + 1);
    must(worksheet_write_string(out_, row, at, texts_.fit(text).c_str(), format));
  }

  void set_lines(lxw_row_t row, std::size_t lines) {
    if (lines < 2) return;
    must(worksheet_set_row(out_, row, kLineHeight * static_cast<double>(lines), nullptr));
  }

  void cell(std::size_t column, const SheetCell& value) {
    const CellKind kind = sheet_.columns[column].kind;
    const auto at = static_cast<lxw_col_t>(column);
    if (const std::string* text = std::get_if<std::string>(&value); text && !text->empty()) {
      string(next_, column, *text, text_format(column, *text));
      return;
    }
    const double* number = std::get_if<double>(&value);
    if (number == nullptr || !std::isfinite(*number)) {
      must(worksheet_write_blank(out_, next_, at, text_format(column, {})));
    } else if (kind == CellKind::Code) {
      string(next_, column, plain_number(*number), formats_.code);
    } else {
      const double told = kind == CellKind::Money ? in_hundredths(*number) : *number;
      must(worksheet_write_number(out_, next_, at, told, number_format(column)));
    }
  }

  [[nodiscard]] lxw_format* text_format(std::size_t column, std::string_view text) const {
    if (forced_ != nullptr) return forced_;
    const SheetColumn& one = sheet_.columns[column];
    if (one.fill_in) return formats_.fill_in;
    if (one.grade && text.size() == 1 && text[0] >= 'A' && text[0] <= 'C') {
      return formats_.grades[text[0] - 'A'];
    }
    return one.kind == CellKind::Code ? formats_.code : formats_.text;
  }

  [[nodiscard]] lxw_format* number_format(std::size_t column) const {
    if (forced_ != nullptr) return forced_;
    const CellKind kind = sheet_.columns[column].kind;
    if (kind == CellKind::Money) return formats_.money;
    if (kind == CellKind::Share) return formats_.share;
    if (!whole_[column]) return formats_.fraction;
    return sheet_.columns[column].lead ? formats_.rank : formats_.number;
  }

  /// Lines that a text takes in a column of this width.
  [[nodiscard]] std::size_t lines_of(const SheetCell& cell, std::size_t width) const {
    const std::string* text = std::get_if<std::string>(&cell);
    if (text == nullptr || text->empty()) return 1;
    const auto room = static_cast<std::size_t>(static_cast<double>(width - 1) / kDigits);
    // A byte is never wider than a column, and three bytes of Chinese are two.
    if (text->size() <= room || display_width(*text) <= room) return 1;
    return std::min(most_lines_, wrap_width(*text, room).size());
  }

  void measure() {
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      wanted_.push_back(width_of(i));
      widths_.push_back(sheet_.columns[i].width > 0 ? wanted_[i] : std::min(wanted_[i], kWidest));
      // Digits after the point are the same down a column, or the points would not line up.
      whole_.push_back(std::ranges::all_of(sheet_.rows, [&](const auto& row) {
        const double* number = i < row.size() ? std::get_if<double>(&row[i]) : nullptr;
        return number == nullptr || *number == std::floor(*number);
      }));
    }
    fit_page();
  }

  [[nodiscard]] std::size_t total() const {
    return std::accumulate(widths_.begin(), widths_.end(), std::size_t{0});
  }

  [[nodiscard]] bool may_shrink(std::size_t column) const {
    return sheet_.columns[column].width == 0 && sheet_.columns[column].kind == CellKind::Text &&
           widths_[column] > kWrapped;
  }

  // Columns that were cut get what the page has left; those of a broad sheet are wrapped until it
  // is legible on one page, where that can be.
  void fit_page() {
    for (std::size_t i = 0; i < widths_.size() && total() < kPage; ++i) {
      widths_[i] = std::max(widths_[i], std::min(wanted_[i], widths_[i] + kPage - total()));
    }
    std::size_t least = 0;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      least += may_shrink(i) ? kWrapped : widths_[i];
    }
    if (least > kBroadest) {
      most_lines_ = kFewLines;
      return;
    }
    while (total() > kBroadest) {
      std::size_t widest = widths_.size();
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (may_shrink(i) && (widest == widths_.size() || widths_[i] > widths_[widest])) widest = i;
      }
      --widths_[widest];
    }
  }

  void sentences(const std::vector<Text>& said) {
    for (const Text& words : said) string(next_++, 0, words.in(language_), formats_.note);
  }

  [[nodiscard]] std::size_t width_of(std::size_t column) const {
    if (sheet_.columns[column].width > 0) return sheet_.columns[column].width;
    const CellKind kind = sheet_.columns[column].kind;
    // A heading may take two lines.
    std::size_t width = display_width(sheet_.columns[column].heading.in(language_)) / 2 + 2;
    for (std::size_t r = 0; r < std::min(sheet_.rows.size(), kSampled); ++r) {
      if (column >= sheet_.rows[r].size()) continue;
      const SheetCell& cell = sheet_.rows[r][column];
      if (const std::string* text = std::get_if<std::string>(&cell)) {
        if (text->size() + 2 <= width) continue;  // a byte is never wider than a column
        const auto taken = static_cast<double>(display_width(*text)) * kDigits;
        width = std::max(width, static_cast<std::size_t>(taken) + 2);
      } else if (const double* number = std::get_if<double>(&cell)) {
        const std::size_t digits = fmt::format("{:.0f}", *number).size();
        width = std::max(width, kind == CellKind::Share ? 8 : digits + digits / 3 + 3);
      }
    }
    return std::max(width, kNarrowest);
  }

  // Drop-downs and bars, over the rows.
  void add_helps(lxw_row_t first, lxw_row_t last) {
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const SheetColumn& column = sheet_.columns[i];
      const auto at = static_cast<lxw_col_t>(i);
      if (column.bar) {
        lxw_conditional_format bar = {};
        bar.type = LXW_CONDITIONAL_DATA_BAR;
        bar.bar_color = 0x9BC2E6;
        bar.bar_solid = LXW_TRUE;
        must(worksheet_conditional_format_range(out_, first, at, last, at, &bar));
      }
      if (column.choices.empty()) continue;
      std::vector<std::string> words;
      for (const Text& choice : column.choices) words.push_back(choice.in(language_));
      std::vector<char*> list;
      for (std::string& word : words) list.push_back(word.data());
      list.push_back(nullptr);
      lxw_data_validation choose = {};
      choose.validate = LXW_VALIDATION_TYPE_LIST;
      choose.value_list = list.data();
      // A choice is a help: what people write instead is theirs, and is kept.
      choose.error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION;
      must(worksheet_data_validation_range(out_, first, at, last, at, &choose));
    }
  }

  void lay_out(lxw_row_t headings, lxw_row_t last) {
    std::size_t leading = 0;
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      must(worksheet_set_column(out_, at, at, static_cast<double>(widths_[i]), nullptr));
      if (sheet_.columns[i].lead && i == leading) ++leading;
    }
    const auto right = static_cast<lxw_col_t>(sheet_.columns.size() - 1);
    lxw_row_col_options hidden = {};
    hidden.hidden = LXW_TRUE;
    const auto mark = static_cast<lxw_col_t>(right + 1);
    must(worksheet_set_column_opt(out_, mark, mark, LXW_DEF_COL_WIDTH, nullptr, &hidden));
    worksheet_freeze_panes(out_, headings + 1, static_cast<lxw_col_t>(leading));
    if (last > headings) add_helps(headings + 1, last);
    must(worksheet_repeat_rows(out_, headings, headings));
    constexpr std::uint8_t kA3 = 8;
    constexpr std::uint8_t kA4 = 9;
    const bool broad = total() > kBroad;
    worksheet_set_paper(out_, broad ? kA3 : kA4);
    worksheet_set_margins(out_, 0.5, 0.5, 0.6, 0.7);
    if (!sheet_.blocks.empty()) {
      // Spreadsheets pass over breaks of their own pages where they fit a sheet to them.
      worksheet_set_portrait(out_);
      worksheet_set_print_scale(out_, kBlockScale);
    } else {
      if (last > headings) must(worksheet_autofilter(out_, headings, 0, last, right));
      worksheet_set_landscape(out_);
      const std::size_t pages = (total() + kBroadest - 1) / kBroadest;
      worksheet_fit_to_pages(out_, static_cast<std::uint16_t>(pages < 3 ? 1 : pages), 0);
      if (pages > 2 && leading > 0) {
        must(worksheet_repeat_columns(out_, 0, static_cast<lxw_col_t>(leading - 1)));
      }
    }
    must(worksheet_set_footer(
        out_, language_ == Language::Zh ? "&L&A&R第 &P 页，共 &N 页" : "&L&A&Rpage &P of &N"));
  }

  lxw_worksheet* out_;
  const Sheet& sheet_;
  const Formats& formats_;
  Language language_;
  const std::stop_token& stop_;
  CellTexts texts_;
  std::vector<std::size_t> wanted_;  // widths by content
  std::vector<std::size_t> widths_;
  std::vector<bool> whole_;
  std::size_t most_lines_ = kMostLines;
  lxw_format* forced_ = nullptr;  // of the cell being written, whatever its column's
  lxw_row_t next_ = 0;
};

struct CloseBook {
  // workbook_close() frees the book, too; a book that was not closed is only freed.
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};

}  // namespace

std::string write_workbook(std::vector<Sheet> sheets, Language language,
                           const std::stop_token& stop) {
  if (sheets.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                {"a workbook needs a sheet; give at least one", "工作簿至少要有一张表"});
  }
  for (const Sheet& sheet : sheets) check_size(sheet);
  const MemoryFile file;
  const std::string name = file.name();
  lxw_workbook_options how = {};
  how.constant_memory = LXW_TRUE;  // rows are written in their order
  std::unique_ptr<lxw_workbook, CloseBook> book(workbook_new_opt(name.c_str(), &how));
  if (!book) throw std::bad_alloc();
  // Equal input gives equal bytes, so no time of day is kept.
  lxw_doc_properties properties = {};
  properties.comments = const_cast<char*>("Liantu");
  properties.created = 946684800;  // 2000-01-01
  must(workbook_set_properties(book.get(), &properties));
  const Formats formats(book.get());
  SheetNames names;
  for (Sheet& sheet : sheets) {
    const std::string called = names.next(sheet, language);
    lxw_worksheet* out = workbook_add_worksheet(book.get(), called.c_str());
    if (out == nullptr) throw std::bad_alloc();
    SheetWriter(out, sheet, formats, language, stop).write();
    sheet = {};
  }
  check_stop(stop, kWritingStopped);
  must(workbook_close(book.release()));
  return file.content();
}

}  // namespace liantu
