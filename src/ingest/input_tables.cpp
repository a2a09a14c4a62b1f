#include "ingest/input_tables.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ingest/input_files.hpp"
#include "ingest/sector_overlap.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/number.hpp"
#include "liantu/ingest/fields.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

// Whether a mapping's `registry/dadukou.csv` names this file, by whole components.
bool names_file(std::string_view mapped, const fs::path& path) {
  const std::string full = fs::absolute(path).lexically_normal().generic_string();
  if (!full.ends_with(mapped)) return false;
  return full.size() == mapped.size() || full[full.size() - mapped.size() - 1] == '/';
}

// Every error of a file reads `place: what; remedy`.
Problem problem_of(const Error& error, const std::string& file) {
  const auto [en, zh] = std::tie(error.message().en, error.message().zh);
  const std::size_t colon = en.find(": ", en.starts_with(file) ? file.size() : 0);
  Problem problem{.kind = "unusable-file"};
  std::string_view place = std::string_view(en).substr(0, colon);
  if (colon == std::string::npos || !zh.starts_with(place)) {
    problem.place.file = file;
    problem.what = error.message();
    return problem;
  }
  std::uint32_t numbers[2] = {0, 0};  // column, line
  for (std::uint32_t& number : numbers) {
    const std::size_t cut = place.rfind(':');
    if (place == file || cut == std::string_view::npos) break;
    number = static_cast<std::uint32_t>(parse_number(place.substr(cut + 1)).value_or(0));
    place = place.substr(0, cut);
  }
  problem.place = {.file = std::string(place), .line = numbers[1], .column = numbers[0]};
  const auto split = [](std::string_view text, std::string_view mark, std::string& what,
                        std::string& remedy) {
    const std::size_t at = text.find(mark);
    what = text.substr(0, at);
    if (at != std::string_view::npos) remedy = text.substr(at + mark.size());
  };
  split(std::string_view(en).substr(colon + 2), "; ", problem.what.en, problem.remedy.en);
  split(std::string_view(zh).substr(colon + std::string_view("：").size()), "；", problem.what.zh,
        problem.remedy.zh);
  return problem;
}

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

  void open_file(const InputFile& file, std::vector<Problem>& unusable) {
    std::vector<const TableMapping*> mappings;
    for (const TableMapping& mapping : options_.mapping.tables) {
      if (names_file(mapping.file, file.path)) mappings.push_back(&mapping);
    }
    std::ranges::copy(mappings, std::back_inserter(mapped_));
    const bool ignored = std::ranges::any_of(options_.mapping.ignore, [&](const std::string& name) {
      return names_file(name, file.path);
    });
    if (ignored && mappings.empty()) return;

    const bool met_by_chance = file.found == InputFile::Found::InFolder && mappings.empty();
    std::shared_ptr<const Table> table;
    TableOptions table_options;
    table_options.limits = options_.limits;
    table_options.stop = options_.stop;
    try {
      table = std::make_shared<const Table>(read_table(file.path, file.name, table_options));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::InvalidData && mappings.empty()) {
        table = read_published(file, table_options);
      }
      if (table != nullptr) {
        add_published(std::move(table), unusable);
        return;
      }
      if (!met_by_chance || !is_workbook(file.path)) throw;
      Problem problem = problem_of(error, file.name);
      problem.kind = "workbook";
      leave_aside(std::move(problem));
      return;
    }
    if (mappings.empty() && std::ranges::any_of(table->problems(), is_wider_than_header) &&
        !is_input_output_table(*table)) {
      if (auto published = read_published(file, table_options)) {
        add_published(std::move(published), unusable);
        return;
      }
    }
    result_.digests.emplace_back(file.name, table->digest());
    std::ranges::copy(table->problems(), std::back_inserter(result_.problems));

    if (!mappings.empty()) {
      for (const TableMapping* mapping : mappings) {
        add(table, mapping->meaning, mapping,
            mapping == mappings.front() ? InputTable::Reading::First : InputTable::Reading::Again);
      }
      return;
    }
    if (is_input_output_table(*table)) {
      add_matrix(std::move(table), unusable);
      return;
    }
    const std::string stem = fs::path(file.name).stem().string();
    const std::vector<TableMeaning> meanings = recognize_table(stem, table->columns());
    if (meanings.size() == 1) {
      add(table, meanings.front(), nullptr, InputTable::Reading::First);
      return;
    }
    Problem problem = unrecognized(*table, meanings);
    const bool ours = !meanings.empty() && options_.mapping.tables.empty();
    if (!met_by_chance || ours) throw Error(ErrorCode::InvalidData, all_of({problem}));
    leave_aside(std::move(problem));
  }

  static bool is_wider_than_header(const Problem& problem) { return problem.kind == "extra-cells"; }

  // An input-output table whose first row does not name its columns, as statistics offices publish
  // them; nothing where it is none.
  static std::shared_ptr<const Table> read_published(const InputFile& file, TableOptions options) {
    constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} << 20;
    std::error_code unknown;
    const std::uintmax_t size = fs::file_size(file.path, unknown);
    if (unknown || size > kMostBytes || !is_table(file.path)) return nullptr;
    options.header = HeaderRow::None;
    try {
      auto table = std::make_shared<const Table>(read_table(file.path, file.name, options));
      return is_input_output_table(*table) ? table : nullptr;
    } catch (const Error& error) {
      // What is wrong with the file has been said by the first reading.
      if (error.code() != ErrorCode::InvalidData) throw;
      return nullptr;
    }
  }

  void add_published(std::shared_ptr<const Table> table, std::vector<Problem>& unusable) {
    result_.digests.emplace_back(table->file(), table->digest());
    std::ranges::copy(table->problems(), std::back_inserter(result_.problems));
    add_matrix(std::move(table), unusable);
  }

  static Problem unrecognized(const Table& table, const std::vector<TableMeaning>& meanings) {
    const std::string columns = fmt::format("{}", fmt::join(table.columns(), ", "));
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
        fmt::format("name the file after the one that is meant, such as {}.csv, or "
                    "write a mapping file",
                    meaning_text(example).zh),
        fmt::format("请按所指的表给文件命名，如 {}.csv，或编写映射文件", meaning_text(example).zh)};
    return problem;
  }

  void leave_aside(Problem problem) {
    problem.severity = Severity::Note;
    left_aside_.push_back(problem);
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
  summary_.file = table_->file();
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
