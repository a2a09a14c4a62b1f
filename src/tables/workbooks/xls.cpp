#include "liantu/tables/workbooks/xls.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "tables/cells/number_format.hpp"
#include "tables/workbooks/compound_file.hpp"
#include "tables/workbooks/workbook.hpp"

namespace liantu {
namespace {

// Numbers of records, as [MS-XLS] 2.3 calls them.
enum Record : std::uint32_t {
  kFormula = 0x06,
  kEof = 0x0A,
  kDate1904 = 0x22,
  kFilePass = 0x2F,
  kContinue = 0x3C,
  kBoundSheet = 0x85,
  kMulRk = 0xBD,
  kRString = 0xD6,
  kXf = 0xE0,
  kMergeCells = 0xE5,
  kSst = 0xFC,
  kLabelSst = 0xFD,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolErr = 0x205,
  kString = 0x207,
  kRow = 0x208,
  kRk = 0x27E,
  kFormat = 0x41E,
  kBof = 0x809,
};

constexpr std::uint32_t kBiff8 = 0x600;
constexpr std::size_t kHeader = 4;  // of a record: its number and its length

std::string_view error_name(std::uint32_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

void append_code_point(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// Appends UTF-16 unit by unit. What is no character is shown as U+FFFD.
class Utf16Writer {
 public:
  explicit Utf16Writer(std::string& out) : out_(out) {}

  void add(std::uint32_t unit) {
    if (high_ != 0) {
      const std::uint32_t high = std::exchange(high_, 0);
      if (unit >= 0xDC00 && unit < 0xE000) {
        append_code_point(out_, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
        return;
      }
      append_code_point(out_, kNone);
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      append_code_point(out_, unit == 0 || (unit >= 0xDC00 && unit < 0xE000) ? kNone : unit);
    }
  }

  void end() {
    if (std::exchange(high_, 0) != 0) append_code_point(out_, kNone);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFD;
  std::string& out_;
  std::uint32_t high_ = 0;
};

class XlsReader {
 public:
  XlsReader(std::string stream, const std::string& file, const TableOptions& options,
            std::uint64_t bytes)
      : stream_(std::move(stream)), file_(file), stop_(options.stop), book_(file, options, bytes) {}

  std::vector<Table> read() {
    read_globals();
    for (const Sheet& sheet : sheets_) {
      if (!book_.wants(sheet.name, sheet.hidden)) continue;
      read_sheet(sheet);
    }
    return book_.finish();
  }

 private:
  struct Sheet {
    std::string name;
    std::uint32_t at = 0;
    bool hidden = false;
  };

  enum class Holds : std::uint8_t { Text, Error };
  struct SheetCell {
    std::uint32_t row = 0;     // from 1
    std::uint32_t column = 0;  // from 1
    Workbook::Span span;
    Holds holds = Holds::Text;
  };

  // The content of records, which may go on in records behind them.
  struct Reading {
    std::size_t at = 0;   // of the next byte
    std::size_t end = 0;  // of the record or its continuation
  };

  [[noreturn]] void refuse(std::string_view en, std::string_view zh) const {
    throw Error{ErrorCode::InvalidData,
                {fmt::format("{}: {}", file_, en), fmt::format("{}：{}", file_, zh)}};
  }
  [[noreturn]] void refuse_broken() const {
    refuse(
        "is cut off or broken (a record does not hold what it should); open it in the "
        "spreadsheet program and save it as .xlsx, or copy it again",
        "文件不完整或已损坏（有记录与规定不符）；请用表格软件打开后另存为 .xlsx，或重新复制");
  }

  [[nodiscard]] std::uint32_t byte(std::size_t at) const {
    if (at >= stream_.size()) refuse_broken();
    return static_cast<unsigned char>(stream_[at]);
  }
  [[nodiscard]] std::uint32_t word(std::size_t at) const { return byte(at) | byte(at + 1) << 8U; }
  [[nodiscard]] std::uint32_t number(std::size_t at) const {
    return word(at) | word(at + 2) << 16U;
  }
  [[nodiscard]] double real(std::size_t at) const {
    return std::bit_cast<double>(std::uint64_t{number(at)} | std::uint64_t{number(at + 4)} << 32U);
  }

  // Calls use(record, begin, end) for each record from `at` to the end of the substream. Charts and
  // the like that stand inside are passed over.
  template <typename Use>
  void each_record(std::size_t at, const Use& use) {
    int depth = 0;
    for (std::uint64_t count = 0;; ++count) {
      if (count % 4096 == 0) check_stop();
      // Some programs leave the last mark out.
      if (at + kHeader > stream_.size()) return;
      const std::uint32_t record = word(at);
      const std::size_t begin = at + kHeader;
      const std::size_t end = begin + word(at + 2);
      if (end > stream_.size()) refuse_broken();
      at = end;
      if (record == kBof) {
        if (++depth == 1) use(record, begin, end);
      } else if (record == kEof) {
        if (--depth <= 0) return;
      } else if (depth == 1) {
        use(record, begin, end);
      } else if (depth == 0) {
        refuse_broken();  // something else stands where a sheet should begin
      }
    }
  }

  void check_stop() const {
    if (!stop_.stop_requested()) return;
    throw Error{ErrorCode::Cancelled, {file_ + ": reading was cancelled", file_ + "：读取已取消"}};
  }

  void read_globals() {
    std::map<std::uint32_t, NumberFormat> formats;
    std::vector<std::uint32_t> cell_formats;
    each_record(0, [&](std::uint32_t record, std::size_t begin, std::size_t end) {
      switch (record) {
        case kBof:
          check_version(begin);
          break;
        case kFilePass:
          refuse("is protected by a password; open it, remove the password and save it again",
                 "工作簿有密码保护；请打开后取消密码，再保存");
        case kDate1904:
          if (word(begin) == 1) dates_ = DateSystem::From1904;
          break;
        case kFormat: {
          Reading reading{begin + 2, end};
          formats[word(begin)] = read_number_format(read_string(reading, 2));
          break;
        }
        case kXf:
          cell_formats.push_back(word(begin + 2));
          break;
        case kBoundSheet:
          add_sheet(begin, end);
          break;
        case kSst:
          read_shared(begin, end);
          break;
        default:
          break;
      }
    });
    formats_.reserve(cell_formats.size());
    for (const std::uint32_t id : cell_formats) {
      const auto own = formats.find(id);
      formats_.push_back(own != formats.end() ? own->second : built_in_number_format(id));
    }
  }

  void check_version(std::size_t begin) const {
    if (word(begin) == kBiff8) return;
    refuse(
        "is a workbook of Excel 95 or older; open it in the spreadsheet program and save it as "
        ".xlsx",
        "是 Excel 95 或更早版本的工作簿；请用表格软件打开后另存为 .xlsx");
  }

  void add_sheet(std::size_t begin, std::size_t end) {
    constexpr std::uint32_t kWorksheet = 0;
    if (byte(begin + 5) != kWorksheet) return;  // charts, macros
    Reading reading{begin + 6, end};
    sheets_.push_back({read_string(reading, 1), number(begin), (byte(begin + 4) & 3U) != 0});
  }

  // Moves on to a continuation when a record is used up.
  void go_on(Reading& reading) const {
    if (reading.at < reading.end) return;
    if (reading.end + kHeader > stream_.size() || word(reading.end) != kContinue) refuse_broken();
    reading.at = reading.end + kHeader;
    reading.end = reading.at + word(reading.end + 2);
    if (reading.end > stream_.size() || reading.at == reading.end) refuse_broken();
  }

  void skip(Reading& reading, std::uint64_t bytes) const {
    while (bytes > 0) {
      go_on(reading);
      const std::uint64_t part = std::min<std::uint64_t>(bytes, reading.end - reading.at);
      reading.at += static_cast<std::size_t>(part);
      bytes -= part;
    }
  }

  std::uint32_t take_byte(Reading& reading) const {
    go_on(reading);
    return byte(reading.at++);
  }
  std::uint32_t take_word(Reading& reading) const {
    const std::uint32_t low = take_byte(reading);
    return low | take_byte(reading) << 8U;
  }

  // Appends a string whose length takes `length_bytes`; where a continuation begins inside its
  // characters the mark of their width stands again.
  void append_string(std::string& out, Reading& reading, int length_bytes) const {
    std::uint32_t length = length_bytes == 1 ? take_byte(reading) : take_word(reading);
    std::uint32_t marks = take_byte(reading);
    const std::uint32_t runs = (marks & 8U) != 0 ? take_word(reading) : 0;
    std::uint64_t extra = 0;  // phonetic guides
    if ((marks & 4U) != 0) {
      extra = take_word(reading);
      extra |= std::uint64_t{take_word(reading)} << 16U;
    }
    const std::size_t begin = out.size();
    Utf16Writer writer(out);
    while (length > 0) {
      if (reading.at == reading.end) {
        go_on(reading);
        marks = byte(reading.at++);
      }
      const bool wide = (marks & 1U) != 0;
      const std::size_t width = wide ? 2 : 1;
      std::size_t here = std::min<std::size_t>(length, (reading.end - reading.at) / width);
      if (here == 0) refuse_broken();
      length -= static_cast<std::uint32_t>(here);
      for (; here > 0; --here, reading.at += width) {
        writer.add(wide ? word(reading.at) : byte(reading.at));
      }
    }
    writer.end();
    book_.check_length(out.size() - begin);
    skip(reading, std::uint64_t{4} * runs + extra);
  }

  std::string read_string(Reading& reading, int length_bytes) const {
    std::string text;
    append_string(text, reading, length_bytes);
    return text;
  }

  void read_shared(std::size_t begin, std::size_t end) {
    // How many there are is also said; what the record holds alone decides.
    const std::uint32_t count = number(begin + 4);
    Reading reading{begin + 8, end};
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i % 4096 == 0) check_stop();
      const std::size_t from = book_.text().size();
      append_string(book_.text(), reading, 2);
      shared_.push_back(book_.span_from(from));
    }
  }

  void read_sheet(const Sheet& sheet) {
    book_.begin_sheet(sheet.name);
    cells_.clear();
    hidden_rows_.clear();
    waiting_ = 0;
    if (sheet.at >= stream_.size() || word(sheet.at) != kBof) refuse_broken();
    each_record(sheet.at, [&](std::uint32_t record, std::size_t begin, std::size_t end) {
      read_record(record, begin, end);
    });
    const auto place = [](const SheetCell& cell) { return std::pair(cell.row, cell.column); };
    if (!std::ranges::is_sorted(cells_, {}, place)) {
      // Where a cell is said twice the later one counts.
      std::ranges::reverse(cells_);
      std::ranges::stable_sort(cells_, {}, place);
      const auto same = [&](const SheetCell& a, const SheetCell& b) {
        return place(a) == place(b);
      };
      cells_.erase(std::unique(cells_.begin(), cells_.end(), same), cells_.end());
    }
    std::ranges::sort(hidden_rows_);
    for (std::size_t i = 0; i < cells_.size();) {
      const std::uint32_t row = cells_[i].row;
      book_.begin_row(row, std::ranges::binary_search(hidden_rows_, row));
      for (; i < cells_.size() && cells_[i].row == row; ++i) {
        const SheetCell& cell = cells_[i];
        if (cell.holds == Holds::Error) {
          book_.add_faulty_cell(cell.column,
                                book_.text().substr(cell.span.offset, cell.span.length));
        } else {
          book_.add_cell(cell.column, cell.span);
        }
      }
      book_.end_row();
    }
    book_.end_sheet();
  }

  void read_record(std::uint32_t record, std::size_t begin, std::size_t end) {
    switch (record) {
      case kLabelSst: {
        const std::uint32_t index = number(begin + 6);
        if (index >= shared_.size()) refuse_broken();
        add(begin, shared_[index]);
        break;
      }
      case kLabel:
      case kRString: {
        Reading reading{begin + 6, end};
        const std::size_t from = book_.text().size();
        append_string(book_.text(), reading, 2);
        add(begin, book_.span_from(from));
        break;
      }
      case kNumber:
        add_number(begin, word(begin + 2), word(begin + 4), real(begin + 6));
        break;
      case kRk:
        add_number(begin, word(begin + 2), word(begin + 4), packed(begin + 6));
        break;
      case kMulRk: {
        std::uint32_t column = word(begin + 2);
        for (std::size_t at = begin + 4; at + 8 <= end; at += 6) {
          add_number(begin, column++, word(at), packed(at + 2));
        }
        break;
      }
      case kBoolErr:
        add_truth(begin, byte(begin + 6), byte(begin + 7) != 0);
        break;
      case kFormula:
        add_formula(begin);
        break;
      case kString:
        if (waiting_ > 0) {
          Reading reading{begin, end};
          const std::size_t from = book_.text().size();
          append_string(book_.text(), reading, 2);
          add(std::exchange(waiting_, 0), book_.span_from(from));
        }
        break;
      case kRow:
        // Rows of no height are hidden.
        if ((number(begin + 12) & 0x20U) != 0) hidden_rows_.push_back(word(begin) + 1);
        break;
      case kMergeCells: {
        const std::uint32_t count = word(begin);
        for (std::uint32_t i = 0; i < count && begin + 2 + 8 * (i + 1) <= end; ++i) {
          const std::size_t at = begin + 2 + std::size_t{8} * i;
          book_.add_merge({word(at) + 1, word(at + 4) + 1, word(at + 2) + 1, word(at + 6) + 1});
        }
        break;
      }
      default:
        break;
    }
  }

  void add(std::size_t begin, Workbook::Span span) {
    if (span.length == 0) return;
    cells_.push_back({word(begin) + 1, word(begin + 2) + 1, span});
  }

  void add_number(std::size_t begin, std::uint32_t column, std::uint32_t format, double value) {
    std::string& text = book_.text();
    const std::size_t from = text.size();
    stored_.clear();
    fmt::format_to(std::back_inserter(stored_), "{}", value);
    append_number(text, stored_, format < formats_.size() ? formats_[format] : NumberFormat{},
                  dates_);
    cells_.push_back({word(begin) + 1, column + 1, book_.span_from(from)});
  }

  // 30 bits of a whole number or the upper bits of a real one, perhaps times a hundred.
  [[nodiscard]] double packed(std::size_t at) const {
    const std::uint32_t bits = number(at);
    const double value = (bits & 2U) != 0
                             ? static_cast<double>(static_cast<std::int32_t>(bits) >> 2)
                             : std::bit_cast<double>(std::uint64_t{bits & 0xFFFFFFFCU} << 32U);
    return (bits & 1U) != 0 ? value / 100 : value;
  }

  void add_truth(std::size_t begin, std::uint32_t value, bool error) {
    std::string& text = book_.text();
    const std::size_t from = text.size();
    text += error ? error_name(value) : value != 0 ? "TRUE" : "FALSE";
    cells_.push_back({word(begin) + 1, word(begin + 2) + 1, book_.span_from(from),
                      error ? Holds::Error : Holds::Text});
  }

  void add_formula(std::size_t begin) {
    const std::size_t result = begin + 6;
    waiting_ = 0;
    if (word(result + 6) != 0xFFFF) {
      add_number(begin, word(begin + 2), word(begin + 4), real(result));
      return;
    }
    switch (byte(result)) {
      case 0:
        waiting_ = begin;  // its text follows in a record of its own
        break;
      case 1:
      case 2:
        add_truth(begin, byte(result + 2), byte(result) == 2);
        break;
      default:
        break;  // an empty text
    }
  }

  std::string stream_;
  const std::string& file_;
  std::stop_token stop_;
  Workbook book_;
  DateSystem dates_ = DateSystem::From1900;
  std::vector<NumberFormat> formats_;
  std::vector<Sheet> sheets_;
  std::vector<Workbook::Span> shared_;
  // Of the sheet being read.
  std::vector<SheetCell> cells_;
  std::vector<std::uint32_t> hidden_rows_;
  std::size_t waiting_ = 0;  ///< formula whose text comes next
  std::string stored_;
};

}  // namespace

std::vector<Table> parse_xls(std::string_view bytes, const std::string& file,
                             const TableOptions& options) {
  check_limits(file, options.limits, bytes.size());
  refuse_other_kinds(bytes, file, {FileKind::OldOffice});
  const CompoundFile container(bytes, file);
  const auto refuse = [&](std::string_view en, std::string_view zh) {
    throw Error{ErrorCode::InvalidData,
                {fmt::format("{}: {}", file, en), fmt::format("{}：{}", file, zh)}};
  };
  if (container.has("EncryptedPackage")) {
    refuse("is protected by a password; open it, remove the password and save it again",
           "工作簿有密码保护；请打开后取消密码，再保存");
  }
  auto stream = container.read("Workbook");
  if (!stream) {
    if (container.has("Book")) {
      refuse(
          "is a workbook of Excel 95 or older; open it in the spreadsheet program and save it as "
          ".xlsx",
          "是 Excel 95 或更早版本的工作簿；请用表格软件打开后另存为 .xlsx");
    }
    refuse(
        "is an old Office file but not a workbook; copy its table into the spreadsheet program "
        "and save it as .xlsx",
        "是旧版 Office 文件而不是工作簿；请把其中的表格复制到表格软件，另存为 .xlsx");
  }
  return XlsReader(*std::move(stream), file, options, bytes.size()).read();
}

}  // namespace liantu
