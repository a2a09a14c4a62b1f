#include "ingest/rows/input_tables.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "ingest/cells/input_files.hpp"
#include "ingest/sectors/sector_overlap.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/tables/cells/encoding.hpp"
#include "liantu/tables/read_table.hpp"
#include "tables/plain/json_path.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

// Whether a mapping's `registry/dadukou.csv` names this file, by whole components.
bool names_file(std::string_view mapped, const InputFile& file) {
  if (is_no_file(file.path)) return mapped == file.name;
  const std::string full = path_text(fs::absolute(file.path).lexically_normal());
  if (mapped.find('*') != std::string_view::npos) {
    for (std::size_t at = full.size(); at != std::string::npos && at > 0;) {
      at = full.rfind('/', at - 1);
      if (fits_pattern(mapped, std::string_view(full).substr(at + 1))) return true;
    }
    return false;
  }
  if (!full.ends_with(mapped)) return false;
  return full.size() == mapped.size() || full[full.size() - mapped.size() - 1] == '/';
}

// What a file could not be read for, as one of the problems of the whole input.
Problem problem_of(const Error& error, const std::string& file) {
  Problem problem{.place = error.place(),
                  .kind = "unusable-file",
                  .what = error.wrong(),
                  .remedy = error.remedy()};
  if (problem.place.file.empty()) problem.place.file = file;
  return problem;
}

// Thrown where a file can be read and none of its tables can be used.
struct UnusableTables {
  explicit UnusableTables(std::vector<Problem> of_file) : problems(std::move(of_file)) {
    for (Problem& problem : problems) {
      problem.severity = Severity::Error;
      problem.kind = "unusable-file";
    }
  }

  std::vector<Problem> problems;
};

constexpr std::uintmax_t kMostPublishedBytes = std::uintmax_t{64} << 20;

class TableOpener {
 public:
  TableOpener(const IngestOptions& options, IngestResult& result)
      : options_(options), result_(result) {}

  OpenedTables open(const std::vector<fs::path>& paths) {
    const std::vector<InputFile> files = list_input_files(paths);
    std::vector<Problem> unusable;
    std::uint64_t done = 0;
    for (const InputFile& file : files) {
      check_stop(options_.stop, kReading);
      if (options_.progress) options_.progress("read", done++, files.size());
      try {
        open_file(file, unusable);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::InvalidData) throw;
        unusable.push_back(problem_of(error, file.name));
        ++unusable_files_;
      } catch (UnusableTables& tables) {
        std::ranges::move(tables.problems, std::back_inserter(unusable));
        ++unusable_files_;
      }
    }
    for (const TableMapping& mapping : options_.mapping.tables) {
      if (std::ranges::find(mapped_, &mapping) != mapped_.end()) continue;
      result_.problems.push_back(
          {Severity::Note,
           mapping.place,
           "unused-mapping",
           "",
           mapping.file,
           {"none of the files given is the one this entry maps", "给出的文件中没有此项映射的文件"},
           {"give the file too, or mend its name", "请一并给出该文件，或更正文件名"}});
    }
    if (!unusable.empty() && options_.unusable == UnusableFiles::Report) {
      result_.unusable_files = unusable_files_;
      std::ranges::move(unusable, std::back_inserter(result_.problems));
      return std::move(opened_);
    }
    if (!unusable.empty()) throw Error(ErrorCode::InvalidData, all_of(unusable));
    if (opened_.tables.empty() && opened_.matrices.empty()) refuse_without_tables();
    return std::move(opened_);
  }

 private:
  // One a line.
  static Text all_of(const std::vector<Problem>& problems) {
    Text text;
    for (const Problem& problem : problems) {
      text.en += (text.en.empty() ? "" : "\n") + problem.to_string(Language::En);
      text.zh += (text.zh.empty() ? "" : "\n") + problem.to_string(Language::Zh);
    }
    return text;
  }

  [[noreturn]] void refuse_without_tables() const {
    Text message = {
        "no table was found; give files or a folder with tables (`liantu formats` "
        "lists what can be read)",
        "没有找到任何表；请给出文件或含有表格的文件夹（`liantu formats` 列出可读格式）"};
    if (!left_aside_.empty()) {
      const Text files = all_of(left_aside_);
      message.en += ". Files that were left aside:\n" + files.en;
      message.zh += "。以下文件未读取：\n" + files.zh;
    }
    throw Error(ErrorCode::InvalidData, std::move(message));
  }

  using Tables = std::vector<std::shared_ptr<const Table>>;

  static Tables shared(std::vector<Table> tables) {
    Tables out;
    for (Table& table : tables) out.push_back(std::make_shared<const Table>(std::move(table)));
    return out;
  }

  void open_file(const InputFile& file, std::vector<Problem>& unusable) {
    std::vector<const TableMapping*> mappings;
    for (const TableMapping& mapping : options_.mapping.tables) {
      if (names_file(split_mapped(mapping.file).first, file)) mappings.push_back(&mapping);
    }
    std::ranges::copy(mappings, std::back_inserter(mapped_));
    const bool ignored = std::ranges::any_of(
        options_.mapping.ignore, [&](const std::string& name) { return names_file(name, file); });
    if (ignored && mappings.empty()) return;
    std::error_code no_such_file;
    if (fs::equivalent(file.path, options_.confirmations, no_such_file)) return;

    const bool met_by_chance = file.found == InputFile::Found::InFolder && mappings.empty();
    if (met_by_chance && leave_aside_unread(file)) return;
    TableOptions table_options;
    table_options.limits = options_.limits;
    table_options.stop = options_.stop;
    table_options.sheet = file.sheet;
    table_options.hidden = options_.hidden;
    table_options.header_row = options_.header_row;
    table_options.unit = options_.unit;
    table_options.format = options_.input_format;
    table_options.is_heading = is_known_heading;
    TableBytes read = read_table_bytes(file.path, file.name, table_options);
    const FileKind kind = file_kind(read.bytes);
    if (met_by_chance && !may_be(file.path, kind)) {
      leave_aside(of_another_kind(file, kind));
      return;
    }
    // Kept for a second look: what statistics offices publish is no table of one heading row.
    const bool may_publish = mappings.empty() && read.bytes.size() <= kMostPublishedBytes;
    const TableBytes again = may_publish ? read : TableBytes();
    Tables tables;
    try {
      tables = shared(parse_tables(std::move(read), table_options));
    } catch (const Error& error) {
      Tables published;
      if (error.code() == ErrorCode::InvalidData && may_publish) {
        published = read_published(again, table_options);
      }
      if (published.empty()) throw;
      add_published(std::move(published), unusable);
      return;
    }
    if (may_publish && may_be_published(tables, file)) {
      if (Tables published = read_published(again, table_options); !published.empty()) {
        add_published(std::move(published), unusable);
        return;
      }
    }
    if (mappings.empty() &&
        std::ranges::all_of(tables, [](const auto& table) { return is_output(*table); })) {
      Problem problem = of_another_kind(file, FileKind::Output);
      if (!met_by_chance) throw UnusableTables({std::move(problem)});
      leave_aside(std::move(problem));
      return;
    }
    result_.digests.emplace_back(file.name, tables.front()->digest());
    for (const auto& table : tables) {
      std::ranges::copy(table->problems(), std::back_inserter(result_.problems));
    }
    if (!mappings.empty()) {
      add_mapped(tables, mappings, table_options);
      return;
    }
    add_recognized(tables, file, met_by_chance, unusable);
  }

  // Whether a file that nobody named is worth an error when it cannot be read: not when it is of
  // another kind than its name says.
  static bool may_be(const fs::path& path, FileKind kind) {
    if (is_database(path)) return kind == FileKind::Sqlite;
    std::string end = path.extension().string();
    for (char& c : end) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (end == ".xls" || end == ".et") return kind == FileKind::OldOffice;
    return is_workbook(path) || kind == FileKind::Text || kind == FileKind::Json;
  }

  // `book.xlsx#规上企业` of a mapping names a sheet.
  static std::pair<std::string, std::string> split_mapped(const std::string& name) {
    const std::size_t cut = name.find('#');
    const std::string file = name.substr(0, cut);
    if (cut == std::string::npos ||
        (!is_workbook(file) && !is_database(file) && !is_no_file(file))) {
      return {name, {}};
    }
    return {file, name.substr(cut + 1)};
  }

  // A column `a.b[].c` of a mapping leads into what the cells of column a hold.
  static void spread(std::shared_ptr<const Table>& table, const TableMapping& mapping,
                     const TableOptions& options) {
    std::vector<std::string> columns;
    bool nested = false;
    const auto add = [&](const std::string& column) {
      if (std::ranges::find(columns, column) != columns.end()) return;
      columns.push_back(column);
      if (table->column(column) || !is_json_path(column)) return;
      nested = nested || table->column(column.substr(0, column.find_first_of(".["))).has_value();
    };
    for (const MappedColumn& one : mapping.columns) add(one.column);
    for (const auto& [column, value] : mapping.where) add(column);
    if (!nested) return;
    Table made = spread_rows(*table, columns, options);
    table = std::make_shared<const Table>(std::move(made));
  }

  // A mapping without a sheet is for the tables that have its columns; when none has them, the
  // first says what is missing.
  void add_mapped(const Tables& all, const std::vector<const TableMapping*>& mappings,
                  const TableOptions& options) {
    std::vector<const Table*> met;
    std::vector<bool> is_read(all.size(), false);
    for (const TableMapping* mapping : mappings) {
      const std::string sheet = split_mapped(mapping->file).second;
      std::vector<std::size_t> fitting;
      Tables tables = all;
      for (auto& table : tables) spread(table, *mapping, options);
      for (std::size_t i = 0; i < tables.size(); ++i) {
        const Table& table = *tables[i];
        if (!sheet.empty() && !fits_pattern(sheet, table.sheet())) continue;
        const bool has_all = std::ranges::all_of(mapping->columns, [&](const MappedColumn& one) {
          return find_mapped_column(table, one.column).has_value();
        });
        if (has_all || tables.size() == 1) fitting.push_back(i);
      }
      if (fitting.empty()) {
        const auto named = std::ranges::find_if(
            tables, [&](const auto& t) { return fits_pattern(sheet, t->sheet()); });
        fitting.push_back(named == tables.end() ? 0
                                                : static_cast<std::size_t>(named - tables.begin()));
      }
      for (const std::size_t i : fitting) {
        const std::shared_ptr<const Table>& table = tables[i];
        is_read[i] = true;
        const bool first = std::ranges::find(met, table.get()) == met.end();
        met.push_back(table.get());
        add(table, mapping->meaning, mapping,
            first ? InputTable::Reading::First : InputTable::Reading::Again);
      }
    }
    for (const auto& table : all) note_unmapped(*table);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::shared_ptr<const Table>& table = all[i];
      if (is_read[i] || table->size() == 0) continue;
      leave_aside({.place = table->header(),
                   .kind = "unmapped-file",
                   .what = {"no entry of the mapping is for this table, and it was not read",
                            "映射中没有此表的条目，未读取"},
                   .remedy = {"add an entry for it if it matters", "如需要，请在映射中加一项"}},
                  table->size());
    }
  }

  // A mapping says which columns count; the others are named, so that none is lost unseen.
  void note_unmapped(const Table& table) {
    const auto uses = [&](std::size_t column) {
      return std::ranges::any_of(opened_.tables, [&](InputTable& reading) {
        return &reading.table() == &table && reading.reader().uses(column);
      });
    };
    const bool is_read = std::ranges::any_of(
        opened_.tables, [&](const InputTable& reading) { return &reading.table() == &table; });
    std::vector<std::string> unread;
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      if (is_read && !uses(column)) unread.push_back(table.columns()[column]);
    }
    if (unread.empty()) return;
    result_.problems.push_back(
        {Severity::Note,
         table.header(),
         "unmapped-column",
         "",
         excerpts(unread, ", "),
         {fmt::format("columns that the mapping does not read: {}", unread.size()),
          fmt::format("映射未读取的列有 {} 列", unread.size())},
         {"map them if they matter", "如需要，请写入映射"}});
  }

  // Of a workbook, sheets that are no tables of ours are left aside as long as one is; else the
  // file is treated as one that is not understood.
  void add_recognized(const Tables& tables, const InputFile& file, bool met_by_chance,
                      std::vector<Problem>& unusable) {
    std::vector<std::pair<Problem, std::uint64_t>> aside;  // with the rows that are lost
    bool ours = false;
    bool any = false;
    for (const auto& table : tables) {
      if (is_output(*table)) {
        aside.emplace_back(of_another_kind(file, FileKind::Output), 0);
        continue;
      }
      if (is_input_output_table(*table)) {
        add_matrix(table, unusable);
        any = true;
        continue;
      }
      const std::vector<TableMeaning> meanings = meanings_of(*table, file, tables.size());
      if (meanings.size() == 1) {
        add(table, meanings.front(), nullptr, InputTable::Reading::First);
        any = true;
        continue;
      }
      ours = ours || (!meanings.empty() && options_.mapping.tables.empty());
      Problem problem = unrecognized(*table, meanings);
      // A sheet without rows only explains the others.
      if (!table->sheet().empty() && table->size() == 0 && meanings.empty() && tables.size() > 1) {
        result_.problems.push_back(std::move(problem));
        continue;
      }
      aside.emplace_back(std::move(problem), table->size());
    }
    if (aside.empty()) return;
    if (ours || (!any && !met_by_chance)) {
      std::vector<Problem> problems;
      for (auto& [problem, rows] : aside) problems.push_back(std::move(problem));
      throw UnusableTables(std::move(problems));
    }
    for (auto& [problem, rows] : aside) leave_aside(std::move(problem), rows);
  }

  // A sheet called 供货 says what it is, as a file called so does.
  static std::vector<TableMeaning> meanings_of(const Table& table, const InputFile& file,
                                               std::size_t tables) {
    if (!table.sheet().empty()) {
      auto by_sheet = recognize_table(table.sheet(), table.columns());
      if (by_sheet.size() == 1 || tables > 1) return by_sheet;
    }
    return recognize_table(stem_of(file), table.columns());
  }

  // The name without its end, which may say what the table is. Names of old archives are not UTF-8.
  static std::string stem_of(const InputFile& file) {
    std::string stem = file.path.stem().string();
    if (!find_invalid_utf8(stem)) return fs::path(file.name).stem().string();
    try {
      return decode_text(std::move(stem), file.name).text;
    } catch (const Error&) {
      return {};
    }
  }

  static Problem of_another_kind(const InputFile& file, FileKind kind) {
    const Text what = file_kind_text(kind);
    return {.severity = Severity::Warning,
            .place = {.file = file.name},
            .kind = kind == FileKind::Workbook || kind == FileKind::OldOffice ||
                            kind == FileKind::OpenWorkbook
                        ? "workbook"
                        : "unmapped-file",
            .what = {fmt::format("this is {}, and was not read", what.en),
                     fmt::format("这是{}，未读取", what.zh)},
            .remedy = file_kind_remedy(kind)};
  }

  // A file of a folder that no reader takes by its name: true when it is left aside.
  bool leave_aside_unread(const InputFile& file) {
    if (is_table(file.path)) return false;
    FileKind kind = file_kind(read_start(file.path, kFileKindBytes));
    if (kind == FileKind::Text && is_workbook(file.path)) kind = FileKind::OldOffice;
    // A graph stands where its maker put it; nobody misses it among the tables.
    if (kind == FileKind::Snapshot) return true;
    Problem problem = of_another_kind(file, kind);
    if (kind == FileKind::Text || kind == FileKind::Json) {
      problem.what = {"tables do not have this extension; the file was not read",
                      "该扩展名不属于可读取的表格格式，文件未读取"};
    }
    leave_aside(std::move(problem));
    return true;
  }

  static bool is_wider_than_header(const Problem& problem) { return problem.kind == "extra-cells"; }

  // Whether the headings found may be none: rows are wider than they, or titles stood above those
  // of no table or of an input-output table, which offices publish with codes below the names.
  static bool may_be_published(const Tables& tables, const InputFile& file) {
    return std::ranges::any_of(tables, [&](const auto& table) {
      if (is_input_output_table(*table)) return !table->problems().empty();
      return std::ranges::any_of(table->problems(), is_wider_than_header) ||
             (!table->problems().empty() && meanings_of(*table, file, tables.size()).empty());
    });
  }

  // Input-output tables whose first row does not name their columns, as statistics offices publish
  // them; nothing where there is none.
  static Tables read_published(TableBytes read, TableOptions options) {
    options.header = HeaderRow::None;
    try {
      Tables tables = shared(parse_tables(std::move(read), options));
      std::erase_if(tables, [](const auto& table) { return !is_input_output_table(*table); });
      return tables;
    } catch (const Error& error) {
      // What is wrong with the file has been said by the first reading.
      if (error.code() != ErrorCode::InvalidData) throw;
      return {};
    }
  }

  void add_published(Tables tables, std::vector<Problem>& unusable) {
    result_.digests.emplace_back(tables.front()->file(), tables.front()->digest());
    for (auto& table : tables) {
      std::ranges::copy(table->problems(), std::back_inserter(result_.problems));
      add_matrix(std::move(table), unusable);
    }
  }

  static Problem unrecognized(const Table& table, const std::vector<TableMeaning>& meanings) {
    const std::string columns = excerpts(table.columns(), ", ");
    Problem problem{.severity = Severity::Note, .place = table.header(), .kind = "unmapped-file"};
    if (meanings.empty()) {
      problem.what = {fmt::format("cannot tell what this table is from its headings ({})", columns),
                      fmt::format("无法从列名判断这是什么表（{}）", columns)};
      problem.remedy = {
          "the first line must be the headings; name the columns as `liantu formats` "
          "lists them, or write a mapping file",
          "第一行须是列名；请按 `liantu formats` 列出的列名命名，或编写映射文件"};
      return problem;
    }
    Text fitting;
    for (const TableMeaning& meaning : meanings) {
      fitting.en += (fitting.en.empty() ? "" : ", ") + std::string(meaning_word(meaning));
      fitting.zh += (fitting.zh.empty() ? "" : "、") + meaning_text(meaning).zh;
    }
    const TableMeaning& example = meanings.front();
    problem.what = {fmt::format("its headings ({}) fit several tables: {}", columns, fitting.en),
                    fmt::format("其列名（{}）同时符合几种表：{}", columns, fitting.zh)};
    problem.remedy = {
        fmt::format("name the file after the kind of table that it is, such as {}.csv, or write a "
                    "mapping file",
                    meaning_text(example).zh),
        fmt::format("请按所指的表给文件命名，如 {}.csv，或编写映射文件", meaning_text(example).zh)};
    return problem;
  }

  // Says that a file is not read, and counts its rows as lost.
  void leave_aside(Problem problem, std::uint64_t rows = 0) {
    problem.severity = Severity::Warning;
    left_aside_.push_back(problem);
    result_.tables.push_back({problem.place.file, std::string(kUnreadMeaning), rows, 0, rows});
    result_.problems.push_back(std::move(problem));
  }

  void add(std::shared_ptr<const Table> table, const TableMeaning& meaning,
           const TableMapping* mapping, InputTable::Reading reading) {
    opened_.tables.emplace_back(std::move(table), meaning, mapping, reading, options_,
                                result_.problems);
  }

  // Coefficients of a table that does not add up are worth nothing: all its faults or none.
  void add_matrix(std::shared_ptr<const Table> table, std::vector<Problem>& unusable) {
    InputOutputTable content = read_input_output_table(*table);
    if (!content.usable()) {
      std::ranges::move(content.problems, std::back_inserter(unusable));
      ++unusable_files_;
      return;
    }
    std::ranges::move(content.problems, std::back_inserter(result_.problems));
    content.problems.clear();
    SectorMatrix matrix{std::move(table), std::move(content)};
    for (const SectorMatrix& before : opened_.matrices) {
      auto problem = refuse_overlap(matrix, before);
      if (!problem) continue;
      unusable.push_back(*std::move(problem));
      ++unusable_files_;
      return;
    }
    opened_.matrices.push_back(std::move(matrix));
  }

  const IngestOptions& options_;
  IngestResult& result_;
  OpenedTables opened_;
  std::uint64_t unusable_files_ = 0;
  std::vector<const TableMapping*> mapped_;  // those that a file was found for
  std::vector<Problem> left_aside_;          // files of folders that are no tables of ours
};

}  // namespace

InputTable::InputTable(std::shared_ptr<const Table> table, const TableMeaning& meaning,
                       const TableMapping* mapping, Reading reading, const IngestOptions& options,
                       std::vector<Problem>& problems)
    : table_(std::move(table)),
      reading_(reading),
      options_(options),
      reader_(*table_, meaning, mapping, problems) {
  summary_.file = table_->name();
  summary_.meaning = meaning_word(meaning);
}

void InputTable::walk(const Progress& progress, const std::function<void()>& step) {
  for (std::size_t row = 0; row < table_->size(); ++row) {
    if (row % 4096 == 0) {
      check_stop(options_.stop, kReading);
      if (progress) progress(summary_.meaning, row, table_->size());
    }
    if (reader_.go(row)) step();
  }
  if (progress) progress(summary_.meaning, table_->size(), table_->size());
}

void InputTable::each_row(const std::function<bool(SheetReader&)>& use) {
  if (reading_ == Reading::First) {
    const auto left_out = static_cast<std::uint64_t>(
        std::ranges::count(table_->problems(), Severity::Error, &Problem::severity));
    summary_.left_out += left_out;
    summary_.rows += left_out;
  }
  walk(options_.progress, [&] {
    ++summary_.rows;
    ++(use(reader_) ? summary_.used : summary_.left_out);
  });
}

TableMapping InputTable::found_mapping() const {
  TableMapping found;
  if (reader_.mapping() != nullptr) found = *reader_.mapping();
  found.meaning = reader_.meaning();
  found.columns = reader_.found_columns();
  return found;
}

void InputTable::scan(const std::function<void(const SheetReader&)>& look) {
  walk({}, [&] { look(reader_); });
}

bool InputTable::go_to(std::uint32_t row_number) {
  std::size_t low = 0;
  std::size_t high = table_->size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    (table_->row_number(middle) < row_number ? low = middle + 1 : high = middle);
  }
  return low < table_->size() && table_->row_number(low) == row_number && reader_.go(low);
}

OpenedTables open_tables(const std::vector<std::filesystem::path>& paths,
                         const IngestOptions& options, IngestResult& result) {
  return TableOpener(options, result).open(paths);
}

}  // namespace liantu
