#include "liantu/ingest/ingest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "ingest/entity_index.hpp"
#include "ingest/input_files.hpp"
#include "ingest/sheet_reader.hpp"
#include "liantu/base/credit_code.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/firm_name.hpp"
#include "liantu/base/money.hpp"
#include "liantu/base/number.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/fields.hpp"
#include "liantu/ingest/locate.hpp"
#include "liantu/ingest/scope.hpp"
#include "liantu/tables/read_table.hpp"
#include "tables/table_writer.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

constexpr double kGeneralInput = 0.2;   // 设备 or 材料 as an input says next to nothing
constexpr double kUnmadeProduct = 0.3;  // a product that no firm makes may be no product at all
constexpr std::size_t kMostCitations = 60'000;  // provenance numbers sources with 16 bits
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

// Whether a mapping's `registry/dadukou.csv` names this file, by whole components.
bool names_file(std::string_view mapped, const fs::path& path) {
  const std::string full = fs::absolute(path).lexically_normal().generic_string();
  if (!full.ends_with(mapped)) return false;
  return full.size() == mapped.size() || full[full.size() - mapped.size() - 1] == '/';
}

struct Job {
  std::shared_ptr<const Table> table;
  TableMeaning meaning;
  const TableMapping* mapping = nullptr;
  std::unique_ptr<SheetReader> reader;
  std::size_t summary = 0;
  bool first = true;  // of the jobs that read this table
};

// A value that a row gives a field of a firm.
struct FirmValue {
  std::uint8_t field = 0;       // index into fields(Firm)
  std::uint32_t statement = 0;  // the row
  std::string_view words;       // points into a Table or a mapping
  double number = kNoNumber;
};

struct Firm {
  std::string code;
  std::vector<FirmValue> values;  // those kept
  std::string_view scope;         // points into a Table or a mapping
  std::uint32_t scope_statement = 0;
  SourceId source{0};
  std::uint32_t row = 0;
  bool products_stated = false;
};

struct FirmRegion {
  RegionFigure figure;
  std::uint32_t statement = 0;
};

// An organization, person or site, to find the same one again.
struct PlainEntity {
  std::string name;
  const Table* table = nullptr;
};

// A segment that a row names beside its own name or its ends.
struct Mention {
  std::string words;
  std::string heading;
  Place place;
  Provenance from;
};

// An end of a relation; without a node it is made once the row is known to stand.
struct End {
  EntityKind kind = EntityKind::Firm;
  std::string_view words;
  std::optional<Node> node;
};

struct PendingRequires {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  EdgeAttributes attributes;
  Provenance provenance;
};

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

// `合计` under the last firm of a table.
bool is_total(std::string_view words) {
  constexpr std::size_t kLongest = 12;
  if (words.size() > kLongest) return false;
  const std::string name = normalize_firm_name(words).full;
  for (const std::string_view total : {"合计", "总计", "小计", "共计", "累计", "total"}) {
    if (name == total) return true;
  }
  return false;
}

// Whether a row is trusted more than one read before it.
bool trusted_more(const Provenance& now, const Provenance& before) {
  if (now.confidence != before.confidence) return now.confidence > before.confidence;
  if (now.basis != before.basis) return now.basis < before.basis;
  return now.as_of.known() && before.as_of.known() && now.as_of > before.as_of;
}

bool same_value(const FirmValue& a, const FirmValue& b) {
  if (std::isnan(a.number)) return a.words == b.words;
  return std::abs(a.number - b.number) <= 1e-9 * std::max(a.number, b.number);
}

class Ingestor {
 public:
  explicit Ingestor(const IngestOptions& options) : options_(options) {}

  IngestResult run(const std::vector<fs::path>& paths) {
    open(paths);
    if (result_.unusable_files > 0) return finish();
    learn_codes();
    for (const EntityKind kind : kEntityKinds) {
      each(kind, [&](const Job& job) { read_entities(job, kind); });
    }
    link_stated_products();
    for (const RelationKind kind : kRelationKinds) {
      each(kind, [&](const Job& job) { read_relations(job, kind); });
    }
    each(Covers{}, [&](const Job& job) { read_covers(job); });
    if (options_.infer_scope) infer_from_scopes();
    relate_by_support();

    result_.graph = builder_.build();
    note_conflicts();
    note_sums_of_coefficients();
    return finish();
  }

 private:
  IngestResult finish() {
    std::ranges::stable_sort(result_.problems, {}, [](const Problem& problem) {
      return std::tie(problem.place.file, problem.place.row, problem.place.column);
    });
    return std::move(result_);
  }

  // ---- files ----

  void open(const std::vector<fs::path>& paths) {
    const std::vector<InputFile> files = list_input_files(paths);
    std::vector<Problem> unusable;
    std::uint64_t done = 0;
    for (const InputFile& file : files) {
      check_stop();
      if (options_.progress) options_.progress("read", done++, files.size());
      try {
        open_file(file);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::InvalidData) throw;
        unusable.push_back(problem_of(error, file.name));
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
      result_.unusable_files = unusable.size();
      std::ranges::move(unusable, std::back_inserter(result_.problems));
      return;
    }
    if (!unusable.empty()) throw Error(ErrorCode::InvalidData, all_of(unusable));
    if (jobs_.empty()) refuse_without_tables();
  }

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

  void open_file(const InputFile& file) {
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
    try {
      TableOptions table_options;
      table_options.limits = options_.limits;
      table_options.stop = options_.stop;
      table = std::make_shared<const Table>(read_table(file.path, file.name, table_options));
    } catch (const Error& error) {
      if (!met_by_chance || !is_workbook(file.path)) throw;
      Problem problem = problem_of(error, file.name);
      problem.kind = "workbook";
      leave_aside(std::move(problem));
      return;
    }
    result_.digests.emplace_back(file.name, table->digest());
    std::ranges::copy(table->problems(), std::back_inserter(result_.problems));

    if (!mappings.empty()) {
      for (const TableMapping* mapping : mappings) {
        add_job(table, mapping->meaning, mapping, mapping == mappings.front());
      }
      return;
    }
    const std::string stem = fs::path(file.name).stem().string();
    const std::vector<TableMeaning> meanings = recognize_table(stem, table->columns());
    if (meanings.size() == 1) {
      add_job(table, meanings.front(), nullptr, true);
      return;
    }
    Problem problem = unrecognized(*table, meanings);
    const bool ours = !meanings.empty() && options_.mapping.tables.empty();
    if (!met_by_chance || ours) throw Error(ErrorCode::InvalidData, all_of({problem}));
    leave_aside(std::move(problem));
  }

  static Problem unrecognized(const Table& table, const std::vector<TableMeaning>& meanings) {
    std::string columns;
    for (const std::string& name : table.columns()) {
      columns += columns.empty() ? "" : ", ";
      columns += name;
    }
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

  void add_job(std::shared_ptr<const Table> table, const TableMeaning& meaning,
               const TableMapping* mapping, bool first) {
    auto reader = std::make_unique<SheetReader>(*table, meaning, mapping, result_.problems);
    if (meaning == TableMeaning(EntityKind::Segment)) segments_listed_ = true;
    TableSummary summary;
    summary.file = table->file();
    summary.meaning = meaning_word(meaning);
    jobs_.push_back(
        {std::move(table), meaning, mapping, std::move(reader), result_.tables.size(), first});
    result_.tables.push_back(std::move(summary));
  }

  template <typename Read>
  void each(const TableMeaning& meaning, const Read& read) {
    for (const Job& job : jobs_) {
      if (job.meaning == meaning) read(job);
    }
  }

  void check_stop() const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled,
                  {"reading was interrupted; nothing was written", "读取被中断，未写出任何内容"});
    }
  }

  // Calls use(reader, provenance) for every row; it returns whether the row was used.
  template <typename Use>
  void each_row(const Job& job, const Use& use) {
    SheetReader& reader = *job.reader;
    ProvenanceFields provenance(reader);
    TableSummary& summary = result_.tables[job.summary];
    if (job.first) {
      const auto left_out = static_cast<std::uint64_t>(
          std::ranges::count(job.table->problems(), Severity::Error, &Problem::severity));
      summary.left_out += left_out;
      summary.rows += left_out;
    }
    for (std::size_t row = 0; row < job.table->size(); ++row) {
      if (row % 4096 == 0) {
        check_stop();
        if (options_.progress) options_.progress(summary.meaning, row, job.table->size());
      }
      if (!reader.go(row)) continue;
      ++summary.rows;
      const bool used = use(reader, provenance);
      ++(used ? summary.used : summary.left_out);
    }
    if (options_.progress) {
      options_.progress(summary.meaning, job.table->size(), job.table->size());
    }
  }

  // ---- provenance ----

  struct ProvenanceFields {
    explicit ProvenanceFields(const SheetReader& reader)
        : source(reader.field("source")),
          as_of(reader.field("as_of")),
          since(reader.field("since")),
          until(reader.field("until")),
          confidence(reader.field("confidence")),
          basis(reader.field("basis")) {}
    std::size_t source, as_of, since, until, confidence, basis;
  };

  Provenance provenance(SheetReader& reader, const ProvenanceFields& at, const Job& job) {
    Provenance result;
    std::string citation = job.mapping != nullptr ? job.mapping->citation : std::string();
    if (const std::string_view words = reader.words(at.source); !words.empty()) {
      if (citations_ < kMostCitations) {
        citation = words;
      } else {
        warn_of_citations(reader, at.source);
      }
    }
    const Source source{reader.table().file(), reader.table().sheet(), citation};
    if (!(source == last_source_)) {
      last_source_ = source;
      last_source_id_ = builder_.add_source(source);
      citations_ = std::max<std::size_t>(citations_, raw(last_source_id_));
      source_files_.try_emplace(raw(last_source_id_), source.file);
    }
    result.source = last_source_id_;
    result.row = reader.row_number();
    result.as_of = reader.date(at.as_of);
    result.since = reader.date(at.since);
    result.until = reader.date(at.until);
    result.confidence = static_cast<float>(reader.share(at.confidence).value_or(1));
    result.basis = reader.basis(at.basis).value_or(Basis::Stated);
    return result;
  }

  void warn_of_citations(SheetReader& reader, std::size_t field) {
    if (citations_dropped_) return;
    citations_dropped_ = true;
    reader.report(
        Severity::Warning, "too-many-sources", field,
        {fmt::format("more than {} different sources; those of this row and the ones after it are "
                     "not kept",
                     kMostCitations),
         fmt::format("不同的来源超过 {} 个；此行及以后各行的来源不再保留", kMostCitations)},
        {"write the name of the source, and not a text of its own for each row",
         "请填写来源的名称，不要每行各写一个"});
  }

  // ---- entities ----

  void read_entities(const Job& job, EntityKind kind) {
    if (kind == EntityKind::Firm) {
      read_firms(job);
      return;
    }
    each_row(job, [&](SheetReader& reader, const ProvenanceFields& at) {
      return kind == EntityKind::Segment ? read_segment(reader, at, job)
                                         : read_plain(reader, at, job, kind);
    });
  }

  // Whether a row can be used at all: its name may be missing, or be no name.
  bool named(SheetReader& reader, std::size_t field) {
    const std::string_view words = reader.words(field);
    if (words.empty()) {
      reader.report(Severity::Error, "missing-name", field, {"the row has no name", "此行没有名称"},
                    {"fill in the name or delete the row", "请补上名称或删除此行"});
      return false;
    }
    if (!is_total(words)) return true;
    reader.report(Severity::Note, "total-row", field,
                  {"this row is a sum of others and is left out", "此行是合计，未采用"},
                  {"nothing to do", "无需处理"});
    return false;
  }

  // What every name is called in the tables of firms: a name that has one code is that firm's
  // wherever it stands, and one that has several is nobody's, whatever the order of the rows.
  void learn_codes() {
    each(EntityKind::Firm, [&](const Job& job) {
      SheetReader& reader = *job.reader;
      const std::size_t name = reader.field("name");
      const std::size_t code_field = reader.field("credit_code");
      if (!reader.has(code_field)) return;
      for (std::size_t row = 0; row < job.table->size(); ++row) {
        if (row % 4096 == 0) check_stop();
        if (!reader.go(row) || reader.words(name).empty()) continue;
        std::string code = normalize_credit_code(reader.words(code_field));
        if (check_credit_code(code) != CreditCodeFault::None) continue;
        std::vector<std::string>& codes =
            codes_of_name_[normalize_firm_name(reader.words(name)).full];
        if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
      }
    });
  }

  void read_firms(const Job& job) {
    struct Numbers {
      std::string_view key;
      EntityNumber number;
      bool money;
    };
    constexpr std::array kNumbers = {
        Numbers{"registered_capital", EntityNumber::RegisteredCapital, true},
        Numbers{"revenue", EntityNumber::Revenue, true},
        Numbers{"tax", EntityNumber::Tax, true},
        Numbers{"staff", EntityNumber::Staff, false},
        Numbers{"research", EntityNumber::Research, true},
        Numbers{"energy", EntityNumber::Energy, false},
        Numbers{"emission", EntityNumber::Emission, false},
        Numbers{"land", EntityNumber::Land, false}};
    struct Texts {
      std::string_view key;
      EntityText text;
      bool list;
    };
    constexpr std::array<std::pair<std::string_view, EntityText>, 5> kTexts = {
        {{"address", EntityText::Address},
         {"status", EntityText::Status},
         {"type", EntityText::Type},
         {"scope", EntityText::Scope},
         {"key", EntityText::Key}}};
    constexpr std::array<std::pair<std::string_view, EntityText>, 3> kLists = {
        {{"tags", EntityText::Tags},
         {"risks", EntityText::Risks},
         {"aliases", EntityText::Aliases}}};
    each_row(job, [&](SheetReader& reader, const ProvenanceFields& at) {
      if (!named(reader, reader.field("name"))) return false;
      const std::string code = reader.credit_code(reader.field("credit_code"));
      const Provenance from = provenance(reader, at, job);
      const auto id = identify_firm(reader, code, from);
      if (!id) return false;
      statements_.push_back(from);
      const Node node(FirmId{*id});
      for (const auto& [key, number, is_money] : kNumbers) {
        const std::size_t field = reader.field(key);
        const auto value = is_money ? reader.money(field) : reader.number(field);
        if (value && keeps(reader, *id, field, *value)) {
          builder_.set(node, number, {*value, from.basis});
        }
      }
      for (const auto& [key, text] : kTexts) {
        const std::size_t field = reader.field(key);
        const std::string_view words = reader.words(field);
        if (words.empty()) continue;
        // A firm may have a key in every source.
        if (text == EntityText::Key) index_[kFirm].add_key(words, *id);
        if (!keeps(reader, *id, field)) continue;
        builder_.set(node, text, words);
        if (text == EntityText::Scope) {
          firms_[*id].scope = words;
          firms_[*id].scope_statement = this_statement();
        }
      }
      for (const auto& [key, text] : kLists) add_words(*id, text, reader.list(reader.field(key)));
      const std::size_t founded_field = reader.field("founded");
      const Date founded = reader.date(founded_field);
      if (founded.known() && keeps(reader, *id, founded_field, number_of(founded))) {
        builder_.set_founded(node, founded);
      }
      const std::size_t anchor_field = reader.field("anchor");
      const auto anchor = reader.flag(anchor_field);
      if (anchor && keeps(reader, *id, anchor_field, *anchor ? 1 : 0)) {
        builder_.set_anchor(FirmId{*id}, *anchor);
      }
      place_firm(reader, *id, code);
      const std::size_t products = reader.field("products");
      for (const std::string_view product : reader.list(products)) {
        firms_[*id].products_stated = true;
        pending_makes_.emplace_back(*id, mention(reader, products, product, from));
      }
      return true;
    });
  }

  static double number_of(Date date) {
    return date.year * 1e4 + date.month * 1e2 + static_cast<double>(date.day);
  }

  [[nodiscard]] std::uint32_t this_statement() const {
    return static_cast<std::uint32_t>(statements_.size() - 1);
  }

  // Whether the row's value of a field is the one to keep: the first, or one that is trusted more
  // than the one before. Says so when the two contradict each other; figures of two years do not.
  bool keeps(SheetReader& reader, std::uint32_t id, std::size_t field, double number = kNoNumber) {
    const FirmValue value{static_cast<std::uint8_t>(field), this_statement(), reader.words(field),
                          number};
    std::vector<FirmValue>& values = firms_[id].values;
    const auto kept = std::ranges::find(values, value.field, &FirmValue::field);
    if (kept == values.end()) {
      values.push_back(value);
      return true;
    }
    const Provenance& now = statements_.back();
    const Provenance& before = statements_[kept->statement];
    const bool wins = trusted_more(now, before);
    const bool two_years = now.as_of.known() && before.as_of.known() && now.year() != before.year();
    const bool is_key = field == reader.field("key");
    if (!two_years && !is_key && !same_value(*kept, value)) {
      note_contradiction(reader, field, before, kept->words, wins ? value.words : kept->words);
    }
    if (wins) *kept = value;
    return wins;
  }

  void note_contradiction(SheetReader& reader, std::size_t field, const Provenance& before,
                          std::string_view said, std::string_view kept) {
    const Text where = stands(before);
    reader.report(Severity::Note, "contradiction", field,
                  {fmt::format("{} says {}", where.en, excerpt(said)),
                   fmt::format("{}写的是 {}", where.zh, excerpt(said))},
                  {fmt::format("{} is kept; mend whichever is wrong", excerpt(kept)),
                   fmt::format("以 {} 为准；如有误请更正", excerpt(kept))});
  }

  // Lists of several rows add up.
  void add_words(std::uint32_t id, EntityText which, const std::vector<std::string_view>& words) {
    if (words.empty()) return;
    std::vector<std::string_view>& list = lists_[{id, which}];
    for (const std::string_view word : words) {
      if (std::ranges::find(list, word) == list.end()) list.push_back(word);
      if (which == EntityText::Aliases) {
        index_[kFirm].add_alias(normalize_firm_name(word).full, id);
      }
    }
    builder_.set(FirmId{id}, which, fmt::format("{}", fmt::join(list, ";")));
  }

  void place_firm(SheetReader& reader, std::uint32_t id, const std::string& code) {
    const auto words = [&](std::string_view key) { return reader.words(reader.field(key)); };
    const Location location = locate({words("region"), words("address"), words("province"),
                                      words("city"), words("district"), code, words("name")});
    std::ignore = reader.region(reader.field("region"));  // reports a region that does not exist
    for (const LocationConflict& conflict : location.conflicts) {
      reader.report(
          Severity::Note, "region-conflict", reader.field("name"),
          {fmt::format("the {} says {}, the {} says {}", conflict.kept.en,
                       region_full_name(conflict.kept_region), conflict.other.en,
                       region_full_name(conflict.other_region)),
           fmt::format("{}为{}，{}为{}", conflict.kept.zh, region_full_name(conflict.kept_region),
                       conflict.other.zh, region_full_name(conflict.other_region))},
          {fmt::format("the {} decides; mend whichever is wrong", conflict.kept.en),
           fmt::format("以{}为准；如有误请更正", conflict.kept.zh)});
    }
    if (!location.region.code.known()) return;
    FirmRegion& known = regions_[id];
    if (known.figure.code.known() && !better_region(reader, known, location.region)) return;
    known = {location.region, this_statement()};
    builder_.set_region(FirmId{id}, known.figure);
  }

  // Whether what this row says of a firm's region is to replace what an earlier one said.
  bool better_region(SheetReader& reader, const FirmRegion& known, const RegionFigure& now) {
    const RegionFigure& before = known.figure;
    if (before.code == now.code) return now.basis < before.basis;
    if (before.code.contains(now.code)) return true;
    if (now.code.contains(before.code)) return false;
    if (before.basis != now.basis) return now.basis < before.basis;
    if (now.basis != Basis::Stated) return false;
    const Provenance& from = statements_[known.statement];
    const bool wins = trusted_more(statements_.back(), from);
    const Text where = stands(from);
    const std::string said = region_full_name(before.code);
    const std::string says = region_full_name(now.code);
    reader.report(Severity::Note, "region-conflict", reader.field("name"),
                  {fmt::format("{} says {}, this row says {}", where.en, said, says),
                   fmt::format("{}写的是{}，此行是{}", where.zh, said, says)},
                  {fmt::format("{} is kept; mend whichever is wrong", wins ? says : said),
                   fmt::format("以{}为准；如有误请更正", wins ? says : said)});
    return wins;
  }

  // Code first, then normalised name, then other names. Nothing when the row cannot be told apart
  // from several firms.
  std::optional<std::uint32_t> identify_firm(SheetReader& reader, std::string code,
                                             const Provenance& from) {
    const std::size_t name_field = reader.field("name");
    const std::string_view name = reader.words(name_field);
    const FirmName normal = normalize_firm_name(name);
    EntityIndex& index = index_[kFirm];
    const auto ambiguous_name = [&](std::size_t count) {
      reader.report(
          Severity::Error, "ambiguous-firm", name_field,
          {fmt::format("{} firms have this name and different credit codes; the row names none",
                       count),
           fmt::format("有 {} 家企业同名而信用代码不同，此行未写信用代码", count)},
          {"add the credit code", "请补上信用代码"});
      return std::nullopt;
    };
    if (code.empty()) {
      const auto codes = codes_of_name_.find(normal.full);
      if (codes != codes_of_name_.end()) {
        if (codes->second.size() > 1) return ambiguous_name(codes->second.size());
        code = codes->second.front();
      }
    }
    const auto merge = [&](std::uint32_t id, Text what) {
      ++result_.firms_merged;
      reader.report(Severity::Note, "merged", name_field, std::move(what),
                    {"nothing to do if they are one firm; give the other firm its own credit code "
                     "if they are not",
                     "如确为同一企业无需处理；如不是，请为另一家填写其信用代码"});
      if (names_[id] != normal.full) add_words(id, EntityText::Aliases, {name});
      set_code(id, code);
      return id;
    };
    if (const auto& same = index.by_code(code); !same.empty()) {
      const Text where = stands(same.front());
      if (names_[same.front()] == normal.full) {
        return merge(same.front(), {fmt::format("the firm already stands in {}", where.en),
                                    fmt::format("该企业已见于 {}", where.zh)});
      }
      return merge(same.front(),
                   {fmt::format("the same credit code stands in {} under another name", where.en),
                    fmt::format("同一信用代码在 {} 以另一名称出现", where.zh)});
    }
    const std::vector<std::uint32_t> candidates = firms_called(reader, normal.full, code);
    if (candidates.size() > 1) return ambiguous_name(candidates.size());
    if (candidates.size() == 1) {
      const Text where = stands(candidates.front());
      return merge(candidates.front(), {fmt::format("the firm already stands in {}", where.en),
                                        fmt::format("该企业已见于 {}", where.zh)});
    }
    if (!index.by_name(normal.full).empty()) {
      const Text where = stands(index.by_name(normal.full).front());
      reader.report(
          Severity::Note, "same-name", name_field,
          {fmt::format("another firm of this name with another credit code stands in {}", where.en),
           fmt::format("{} 有同名而信用代码不同的企业", where.zh)},
          {"they stay two firms; mend the code if they are one",
           "按两家企业处理；如为同一企业请更正代码"});
    } else if (!normal.form.empty() && !index.by_core(normal.core).empty()) {
      const Text where = stands(index.by_core(normal.core).front());
      reader.report(
          Severity::Note, "perhaps-same", name_field,
          {fmt::format("it may be the firm in {}, whose legal form is written differently",
                       where.en),
           fmt::format("可能与 {} 的企业是同一家，仅组织形式写法不同", where.zh)},
          {"if they are one firm give both rows the same credit code",
           "如为同一企业，请在两行填写相同的信用代码"});
    }
    return add_firm(name, code, from);
  }

  // Firms of this name, else firms one of whose other names it is or whose name is another name of
  // this row's; but none with another code.
  std::vector<std::uint32_t> firms_called(const SheetReader& reader, std::string_view name,
                                          std::string_view code) const {
    const EntityIndex& index = index_[kFirm];
    std::vector<std::uint32_t> found;
    const auto add = [&](const EntityIndex::Ids& ids) {
      for (const std::uint32_t id : ids) {
        const std::string& other = firms_[id].code;
        if (!code.empty() && !other.empty() && other != code) continue;
        if (std::ranges::find(found, id) == found.end()) found.push_back(id);
      }
    };
    add(index.by_name(name));
    if (!found.empty()) return found;
    add(index.by_alias(name));
    for (const std::string_view alias : reader.list(reader.field("aliases"))) {
      add(index.by_name(normalize_firm_name(alias).full));
    }
    return found;
  }

  std::uint32_t add_firm(std::string_view name, const std::string& code, const Provenance& from) {
    const Node node = builder_.add(EntityKind::Firm, name, from);
    const FirmName normal = normalize_firm_name(name);
    firms_.push_back({});
    firms_.back().source = from.source;
    firms_.back().row = from.row;
    names_.push_back(normal.full);
    regions_.push_back({});
    index_[kFirm].add_name(normal.full, node.local);
    if (!normal.form.empty()) index_[kFirm].add_core(normal.core, node.local);
    set_code(node.local, code);
    return node.local;
  }

  void set_code(std::uint32_t firm, const std::string& code) {
    if (code.empty() || !firms_[firm].code.empty()) return;
    firms_[firm].code = code;
    index_[kFirm].add_code(code, firm);
    builder_.set(FirmId{firm}, EntityText::Code, code);
  }

  // `企业.csv row 17`
  Text stands(SourceId source, std::uint32_t row) const {
    const auto found = source_files_.find(raw(source));
    const std::string file = found == source_files_.end() ? "" : found->second;
    return {fmt::format("{} row {}", file, row), fmt::format("{} 第 {} 行", file, row)};
  }
  Text stands(const Provenance& from) const { return stands(from.source, from.row); }
  Text stands(std::uint32_t firm) const { return stands(firms_[firm].source, firms_[firm].row); }

  // Who goes by these words: none, one, or several when they are ambiguous.
  const EntityIndex::Ids& resolve(EntityKind kind, std::string_view words) const {
    const EntityIndex& index = index_[static_cast<std::size_t>(kind)];
    if (kind != EntityKind::Firm) return index.resolve({}, normalize_width(words), words);
    return index.resolve(normalize_credit_code(words), normalize_firm_name(words).full, words);
  }

  bool read_segment(SheetReader& reader, const ProvenanceFields& at, const Job& job) {
    const std::size_t name_field = reader.field("name");
    if (!named(reader, name_field)) return false;
    const std::string name = normalize_width(reader.words(name_field));
    if (!index_[kSegment].by_name(name).empty()) {
      reader.report(Severity::Error, "duplicate", name_field,
                    {"the segment stands in the table twice", "该环节在表中重复出现"},
                    {"delete one of the rows", "请删除其中一行"});
      return false;
    }
    const Provenance from = provenance(reader, at, job);
    const std::uint32_t id = add_segment(name, from);
    const Node node(SegmentId{id});
    std::string aliases;
    for (const std::string_view alias : reader.list(reader.field("aliases"))) {
      aliases += aliases.empty() ? "" : ";";
      aliases += alias;
      index_[kSegment].add_alias(normalize_width(alias), id);
      segment_aliases_.emplace_back(alias, id);
    }
    builder_.set(node, EntityText::Aliases, aliases);
    const std::string_view type = segment_type(reader.words(reader.field("type")));
    builder_.set(node, EntityText::Type, type);
    chains_[id] = type == "chain";
    builder_.set(node, EntityText::Code, reader.words(reader.field("code")));
    const std::string_view key = reader.words(reader.field("key"));
    builder_.set(node, EntityText::Key, key);
    index_[kSegment].add_key(key, id);
    const std::size_t parent = reader.field("parent");
    if (const std::string_view words = reader.words(parent); !words.empty()) {
      pending_parents_.emplace_back(id, mention(reader, parent, words, from));
    }
    return true;
  }

  static std::string_view segment_type(std::string_view words) {
    if (words == "产业链") return "chain";
    if (words == "产品") return "product";
    if (words == "服务") return "service";
    if (words == "行业") return "industry";
    return words;
  }

  std::uint32_t add_segment(const std::string& name, const Provenance& from) {
    const Node node = builder_.add(EntityKind::Segment, name, from);
    segment_names_.push_back(name);
    chains_.push_back(false);
    index_[kSegment].add_name(name, node.local);
    return node.local;
  }

  bool read_plain(SheetReader& reader, const ProvenanceFields& at, const Job& job,
                  EntityKind kind) {
    const std::size_t name_field = reader.field("name");
    const std::size_t key_field = reader.field("key");
    if (!named(reader, name_field)) return false;
    EntityIndex& index = index_[static_cast<std::size_t>(kind)];
    std::vector<PlainEntity>& known = plain_[static_cast<std::size_t>(kind)];
    const std::string name = normalize_width(reader.words(name_field));
    const std::string_view key = reader.words(key_field);
    // Two tables may count their rows from 1; within one a key stands for one entity.
    const bool key_twice = std::ranges::any_of(index.by_key(key), [&](std::uint32_t id) {
      return known[id].name == name || known[id].table == &reader.table();
    });
    if (key_twice) {
      reader.report(
          Severity::Error, "duplicate", key_field,
          {"the id stands in the table twice", "该编号在表中重复出现"},
          {"delete one of the rows, or give each its own id", "请删除其中一行，或分别填写编号"});
      return false;
    }
    if (key.empty() && !index.by_name(name).empty()) {
      reader.report(
          Severity::Error, "duplicate", name_field,
          {"the name stands in the table twice", "该名称在表中重复出现"},
          {"delete one of the rows, or give each its own id", "请删除其中一行，或分别填写编号"});
      return false;
    }
    const Node node = builder_.add(kind, name, provenance(reader, at, job));
    known.push_back({name, &reader.table()});
    index.add_name(name, node.local);
    index.add_key(key, node.local);
    builder_.set(node, EntityText::Key, key);
    if (kind == EntityKind::Organization) {
      builder_.set(node, EntityText::Type, reader.words(reader.field("type")));
    }
    if (kind == EntityKind::Organization || kind == EntityKind::Site) {
      if (const auto region = reader.region(reader.field("region"))) {
        builder_.set_region(node, {*region, Basis::Stated});
      }
    }
    if (kind == EntityKind::Site) {
      if (const auto land = reader.number(reader.field("land"))) {
        builder_.set(node, EntityNumber::Land, {*land, Basis::Stated});
      }
      builder_.set(node, EntityText::Address, reader.words(reader.field("address")));
    }
    return true;
  }

  // ---- relations ----

  void link_stated_products() {
    for (const auto& [firm, product] : pending_makes_) {
      if (const auto segment = mentioned_segment(product)) {
        relate_makes(firm, *segment, {}, product.from);
      }
    }
    for (const auto& [child, parent] : pending_parents_) {
      if (const auto segment = mentioned_segment(parent)) {
        std::ignore = part_of(child, *segment, parent, Severity::Warning);
      }
    }
  }

  static Mention mention(const SheetReader& reader, std::size_t field, std::string_view words,
                         const Provenance& from) {
    return {std::string(words), std::string(reader.heading(field)), reader.place(field), from};
  }

  // The segment that a row mentions, made on first mention when no table lists segments. Where it
  // is not known the row stands without it.
  std::optional<std::uint32_t> mentioned_segment(const Mention& mention) {
    const EntityIndex::Ids& found = resolve(EntityKind::Segment, mention.words);
    if (found.size() == 1) return found.front();
    if (found.empty() && !segments_listed_) {
      return add_segment(normalize_width(mention.words), mention.from);
    }
    Problem problem{.severity = Severity::Warning,
                    .place = mention.place,
                    .kind = found.empty() ? "unknown-segment" : "ambiguous",
                    .field = mention.heading,
                    .value = mention.words};
    std::tie(problem.what, problem.remedy) =
        found.empty() ? not_known(EntityKind::Segment) : several(found.size());
    result_.problems.push_back(std::move(problem));
    return std::nullopt;
  }

  void read_relations(const Job& job, RelationKind kind) {
    not_heads_ = 0;
    each_row(job, [&](SheetReader& reader, const ProvenanceFields& at) {
      const Provenance from = provenance(reader, at, job);
      EdgeAttributes attributes;
      read_attributes(reader, kind, attributes);
      const auto tail = endpoint(reader, "from", kind, job);
      const auto head = endpoint(reader, "to", kind, job);
      if (!tail || !head) return false;
      if (same_end(*tail, *head) && kind != RelationKind::Cooperates) {
        reader.report(Severity::Error, "self", reader.field("to"),
                      {"both ends are the same", "两端是同一对象"},
                      {"mend one of the two names or delete the row", "请更正其一或删除此行"});
        return false;
      }
      if (kind == RelationKind::PartOf && trusts_support(job) &&
          !segment_name(*tail).ends_with(segment_name(*head))) {
        ++not_heads_;  // a string that merely occurs in another
        return false;
      }
      const Node from_node = made(*tail, from);
      const Node to_node = made(*head, from);
      if (kind == RelationKind::Supplies) {
        const std::size_t about = reader.field("segment");
        if (const std::string_view words = reader.words(about); !words.empty()) {
          const auto segment = mentioned_segment(mention(reader, about, words, from));
          if (segment) attributes.segment = SegmentId{*segment};
        }
      }
      return relate(reader, job, kind, from_node, to_node, attributes, from);
    });
    if (not_heads_ == 0) return;
    const Table& table = *job.table;
    result_.problems.push_back(
        {Severity::Note,
         table.header(),
         "not-a-head",
         "",
         std::to_string(not_heads_),
         {fmt::format(
              "{} rows are left out because the subclass does not end with the class's name",
              not_heads_),
          fmt::format("有 {} 行因下级名称不以上级名称结尾而未采用", not_heads_)},
         {"map the table without \"trust\": \"support\" if its rows are sure",
          "如该表各行可靠，请在映射中去掉 \"trust\": \"support\""}});
  }

  void read_attributes(SheetReader& reader, RelationKind kind, EdgeAttributes& attributes) {
    const auto has = [&](std::string_view key) {
      return reader.field(key) < fields(reader.meaning()).size();
    };
    if (has("amount")) attributes.amount = reader.money(reader.field("amount"));
    if (has("share")) attributes.share = reader.share(reader.field("share"));
    if (has("detail")) attributes.detail = reader.words(reader.field("detail"));
    if (kind == RelationKind::Requires) {
      attributes.coefficient = reader.number(reader.field("coefficient"));
      if (attributes.coefficient.value_or(0) > 1) {
        reader.report(Severity::Note, "coefficient", reader.field("coefficient"),
                      {"more than a yuan of input for a yuan of output",
                       "投入系数大于 1：每元产出所需投入超过一元"},
                      {"check it; write 30 % as 0.3 or as 30%", "请核对；30% 请写成 0.3 或 30%"});
      }
      attributes.substitutability = reader.share(reader.field("substitutability"));
    }
  }

  bool relate(SheetReader& reader, const Job& job, RelationKind kind, Node tail, Node head,
              const EdgeAttributes& attributes, const Provenance& from) {
    switch (kind) {
      case RelationKind::Makes:
        relate_makes(tail.local, head.local, attributes, from);
        return true;
      case RelationKind::Trades:
        firms_[tail.local].products_stated = true;
        break;
      case RelationKind::PartOf: {
        const std::size_t field = reader.field("to");
        return part_of(tail.local, head.local, mention(reader, field, reader.words(field), from),
                       Severity::Error);
      }
      case RelationKind::Requires:
        needs_.emplace_back(head.local, tail.local);
        if (trusts_support(job)) {
          pending_requires_.push_back({tail.local, head.local, attributes, from});
          return true;
        }
        break;
      default:
        break;
    }
    builder_.relate(kind, tail, head, attributes, from);
    return true;
  }

  void relate_makes(std::uint32_t firm, std::uint32_t segment, const EdgeAttributes& attributes,
                    const Provenance& from) {
    firms_[firm].products_stated = true;
    makes_.emplace_back(segment, firm);
    builder_.relate(RelationKind::Makes, FirmId{firm}, SegmentId{segment}, attributes, from);
  }

  // Adds the row unless it would close a cycle.
  bool part_of(std::uint32_t child, std::uint32_t parent, const Mention& said, Severity severity) {
    if (parents_.size() < segment_names_.size()) parents_.resize(segment_names_.size());
    if (const auto path = way_up(parent, child); !path.empty()) {
      std::string cycle = segment_names_[child];
      for (const std::uint32_t step : path) cycle += " → " + segment_names_[step];
      result_.problems.push_back({severity,
                                  said.place,
                                  "cycle",
                                  said.heading,
                                  said.words,
                                  {fmt::format("the taxonomy would go in a circle: {}", cycle),
                                   fmt::format("上下级关系成环：{}", cycle)},
                                  {"delete the row that is wrong", "请删除其中有误的一行"}});
      return false;
    }
    parents_[child].push_back(parent);
    builder_.relate(RelationKind::PartOf, SegmentId{child}, SegmentId{parent}, {}, said.from);
    return true;
  }

  // The shortest way from a segment up to an ancestor, both included; empty when there is none.
  std::vector<std::uint32_t> way_up(std::uint32_t from, std::uint32_t to) const {
    absl::flat_hash_map<std::uint32_t, std::uint32_t> below = {{from, from}};
    std::vector<std::uint32_t> reached = {from};
    for (std::size_t next = 0; next < reached.size() && !below.contains(to); ++next) {
      for (const std::uint32_t parent : parents_[reached[next]]) {
        if (below.try_emplace(parent, reached[next]).second) reached.push_back(parent);
      }
    }
    std::vector<std::uint32_t> way;
    if (!below.contains(to)) return way;
    for (std::uint32_t step = to; step != from; step = below.at(step)) way.push_back(step);
    way.push_back(from);
    std::ranges::reverse(way);
    return way;
  }

  // What is wrong with words that nobody goes by, and what to do.
  static std::pair<Text, Text> not_known(EntityKind kind) {
    const Text what = meaning_text(kind);
    return {{fmt::format("no {} has this name", what.en), fmt::format("没有此名称的{}", what.zh)},
            {fmt::format("add it to the table of {}s or mend the name", what.en),
             fmt::format("请补入{}表或更正名称", what.zh)}};
  }

  // … that several go by.
  static std::pair<Text, Text> several(std::size_t count) {
    return {{fmt::format("{} entities go by this name", count),
             fmt::format("有 {} 个对象使用此名称", count)},
            {"write the credit code or the id instead of the name", "请改填信用代码或编号"}};
  }

  bool unknown(SheetReader& reader, std::size_t field, EntityKind kind) {
    auto [what, remedy] = not_known(kind);
    reader.report(Severity::Error, fmt::format("unknown-{}", entity_word(kind)), field,
                  std::move(what), std::move(remedy));
    return false;
  }

  bool ambiguous(SheetReader& reader, std::size_t field, std::size_t count) {
    auto [what, remedy] = several(count);
    reader.report(Severity::Error, "ambiguous", field, std::move(what), std::move(remedy));
    return false;
  }

  static bool trusts_support(const Job& job) {
    return job.mapping != nullptr && job.mapping->trust == TrustRule::Support;
  }

  std::optional<End> endpoint(SheetReader& reader, std::string_view key, RelationKind kind,
                              const Job& job) {
    const std::size_t field = reader.field(key);
    if (!named(reader, field)) return std::nullopt;
    const bool tail = key == "from";
    const std::string_view words = reader.words(field);
    std::vector<End> found;
    std::vector<EntityKind> allowed;
    for (const EntityKind entity : kEntityKinds) {
      const bool allows = std::ranges::any_of(kEntityKinds, [&](EntityKind other) {
        return tail ? relation_allows(kind, entity, other) : relation_allows(kind, other, entity);
      });
      if (!allows) continue;
      allowed.push_back(entity);
      for (const std::uint32_t id : resolve(entity, words)) {
        found.push_back({entity, words, Node(entity, id)});
      }
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
      ambiguous(reader, field, found.size());
      return std::nullopt;
    }
    const EntityKind likely = allowed.front();
    const bool creates =
        (likely == EntityKind::Segment && !segments_listed_) ||
        (likely == EntityKind::Firm && job.mapping != nullptr && job.mapping->create);
    if (creates) return End{likely, words, std::nullopt};
    if (likely == EntityKind::Firm) {
      unknown_firm(reader, field);
    } else {
      unknown(reader, field, likely);
    }
    return std::nullopt;
  }

  static bool same_end(const End& a, const End& b) {
    if (a.kind != b.kind || a.node.has_value() != b.node.has_value()) return false;
    if (a.node) return *a.node == *b.node;
    return a.kind == EntityKind::Firm
               ? normalize_firm_name(a.words).full == normalize_firm_name(b.words).full
               : normalize_width(a.words) == normalize_width(b.words);
  }

  [[nodiscard]] std::string segment_name(const End& end) const {
    return end.node ? segment_names_[end.node->local] : normalize_width(end.words);
  }

  Node made(const End& end, const Provenance& from) {
    if (end.node) return *end.node;
    if (end.kind == EntityKind::Segment) {
      return SegmentId{add_segment(normalize_width(end.words), from)};
    }
    std::string code = normalize_credit_code(end.words);
    if (check_credit_code(code) != CreditCodeFault::None) code.clear();
    return FirmId{add_firm(end.words, code, from)};
  }

  void unknown_firm(SheetReader& reader, std::size_t field) {
    const EntityIndex::Ids& similar =
        index_[kFirm].by_core(normalize_firm_name(reader.words(field)).core);
    Text remedy = not_known(EntityKind::Firm).second;
    if (!similar.empty()) {
      remedy.en += fmt::format("; do you mean the firm in {}?", stands(similar.front()).en);
      remedy.zh += fmt::format("；是否指 {} 的企业？", stands(similar.front()).zh);
    }
    reader.report(Severity::Error, "unknown-firm", field,
                  {"no firm has this name, code or id", "没有此名称、代码或编号的企业"},
                  std::move(remedy));
  }

  void read_covers(const Job& job) {
    each_row(job, [&](SheetReader& reader, const ProvenanceFields&) {
      const std::size_t name_field = reader.field("from");
      if (!named(reader, name_field)) return false;
      const std::size_t region_field = reader.field("region");
      const auto region = reader.region(region_field);
      if (reader.words(region_field).empty()) {
        reader.report(Severity::Error, "missing-region", region_field,
                      {"the row names no region", "此行没有地区"},
                      {"write a code such as 500104 or a full name such as 重庆市大渡口区",
                       "请填写代码（如 500104）或全称（如 重庆市大渡口区）"});
      }
      const EntityIndex::Ids& ids = resolve(EntityKind::Organization, reader.words(name_field));
      if (ids.empty()) return unknown(reader, name_field, EntityKind::Organization);
      if (ids.size() > 1) return ambiguous(reader, name_field, ids.size());
      if (!region) return false;
      builder_.cover(OrganizationId{ids.front()}, *region);
      return true;
    });
  }

  // ---- inference ----

  void infer_from_scopes() {
    // A chain is no product, and a name that two segments share tells neither.
    std::vector<std::string_view> terms;
    std::vector<std::uint32_t> segments;
    const auto add_term = [&](std::string_view word, std::uint32_t segment) {
      const EntityIndex::Ids& meant = resolve(EntityKind::Segment, word);
      if (chains_[segment] || meant.size() != 1 || meant.front() != segment) return;
      terms.push_back(word);
      segments.push_back(segment);
    };
    for (std::uint32_t id = 0; id < segment_names_.size(); ++id) add_term(segment_names_[id], id);
    for (const auto& [alias, segment] : segment_aliases_) add_term(alias, segment);
    if (terms.empty()) return;
    ScopeTagger tagger(terms);
    for (std::uint32_t id = 0; id < firms_.size(); ++id) {
      if (id % 4096 == 0) {
        check_stop();
        if (options_.progress) options_.progress("scope", id, firms_.size());
      }
      const Firm& firm = firms_[id];
      if (firm.products_stated || firm.scope.empty()) continue;
      Provenance from;
      from.source = statements_[firm.scope_statement].source;
      from.row = statements_[firm.scope_statement].row;
      from.basis = Basis::Inferred;
      bool tagged = false;
      for (const ScopeTag& tag : one_a_segment(tagger.tag(firm.scope), segments)) {
        const bool trade = tag.activity == Activity::Trade;
        const auto segment = static_cast<std::uint32_t>(tag.term);
        from.confidence = static_cast<float>(tag.confidence);
        EdgeAttributes attributes;
        attributes.detail = tag.words;
        builder_.relate(trade ? RelationKind::Trades : RelationKind::Makes, FirmId{id},
                        SegmentId{segment}, attributes, from);
        ++(trade ? result_.scope_trades : result_.scope_makes);
        if (!trade && tag.activity != Activity::Develop) makes_.emplace_back(segment, id);
        tagged = true;
      }
      if (tagged) ++result_.scopes_tagged;
    }
  }

  // Turns terms into the segments they name and keeps the best tag of each.
  static std::vector<ScopeTag> one_a_segment(const std::vector<ScopeTag>& tags,
                                             const std::vector<std::uint32_t>& segments) {
    std::vector<ScopeTag> best;
    for (ScopeTag tag : tags) {
      tag.term = segments[tag.term];
      const auto same = std::ranges::find(best, tag.term, &ScopeTag::term);
      if (same == best.end()) {
        best.push_back(std::move(tag));
      } else if (tag.activity < same->activity ||
                 (tag.activity == same->activity && tag.confidence > same->confidence)) {
        *same = std::move(tag);
      }
    }
    return best;
  }

  using SegmentPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  // How many different partners each segment has: a statement made twice counts once.
  std::vector<std::uint32_t> count_distinct(SegmentPairs& pairs) const {
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::vector<std::uint32_t> counts(segment_names_.size(), 0);
    for (const auto& [segment, partner] : pairs) ++counts[segment];
    return counts;
  }

  void relate_by_support() {
    if (pending_requires_.empty()) return;
    const std::vector<std::uint32_t> all_makers = count_distinct(makes_);
    const std::vector<std::uint32_t> all_uses = count_distinct(needs_);
    for (PendingRequires& pending : pending_requires_) {
      const double makers = all_makers[pending.to];
      const double others = all_uses[pending.to] - 1.0;
      double support = 1 - (1 - makers / (makers + 1)) * (1 - others / (others + 10));
      if (ScopeTagger::too_general(segment_names_[pending.to])) support *= kGeneralInput;
      if (all_makers[pending.from] == 0) support *= kUnmadeProduct;
      pending.provenance.confidence *= static_cast<float>(support);
      pending.provenance.basis = softer(pending.provenance.basis, Basis::Inferred);
      builder_.relate(RelationKind::Requires, SegmentId{pending.from}, SegmentId{pending.to},
                      pending.attributes, pending.provenance);
    }
  }

  // ---- what the whole graph shows ----

  // Calls say(reader) at the row of a relation's table that a statement comes from.
  template <typename Say>
  void at_row(RelationKind kind, const Provenance& from, const Say& say) {
    const auto file = source_files_.find(raw(from.source));
    if (file == source_files_.end()) return;
    for (const Job& job : jobs_) {
      if (job.meaning != TableMeaning(kind) || job.table->file() != file->second) continue;
      std::size_t low = 0;
      std::size_t high = job.table->size();
      while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        (job.table->row_number(middle) < from.row ? low = middle + 1 : high = middle);
      }
      if (low == job.table->size() || job.table->row_number(low) != from.row) continue;
      if (!job.reader->go(low)) continue;
      say(*job.reader);
      return;
    }
  }

  void note_conflicts() {
    constexpr std::array<std::string_view, kEdgeNumberCount> kFields = {
        "amount", "share", "coefficient", "substitutability"};
    const auto text = [](EdgeNumber which, double value, Language language) {
      return which == EdgeNumber::Amount ? format_money(Money{value}, language)
                                         : fmt::format("{}", value);
    };
    for (const Conflict& conflict : result_.graph.conflicts()) {
      const Relation relation = result_.graph.relation(conflict.relation);
      const auto kept = relation.number(conflict.edge, conflict.number);
      if (!kept) continue;
      const auto said = [&](double value, Language language) {
        return text(conflict.number, value, language);
      };
      const Text where = stands(relation.provenance(conflict.edge));
      at_row(conflict.relation, conflict.provenance, [&](SheetReader& reader) {
        const std::string_view from = result_.graph.name(relation.source(conflict.edge));
        const std::string_view to = result_.graph.name(relation.target(conflict.edge));
        reader.report(
            Severity::Note, "contradiction",
            reader.field(kFields[static_cast<std::size_t>(conflict.number)]),
            {fmt::format("{} → {}: {} says {}, this row {}", from, to, where.en,
                         said(*kept, Language::En), said(conflict.value, Language::En)),
             fmt::format("{} → {}：{}写的是 {}，此行是 {}", from, to, where.zh,
                         said(*kept, Language::Zh), said(conflict.value, Language::Zh))},
            {fmt::format("{} is kept; mend whichever is wrong", said(*kept, Language::En)),
             fmt::format("以 {} 为准；如有误请更正", said(*kept, Language::Zh))});
      });
    }
  }

  void note_sums_of_coefficients() {
    const Relation requires_of = result_.graph.relation(RelationKind::Requires);
    for (std::uint32_t id = 0; id < result_.graph.size(EntityKind::Segment); ++id) {
      struct Sum {
        double sum = 0;
        bool one_alone = false;  // which has its own note
        EdgeId first{0};
      };
      std::map<int, Sum> sums;  // by year
      const EntityId product = result_.graph.entity(SegmentId{id});
      const EdgeRange edges = requires_of.out_edges(product);
      for (std::uint64_t e = edges.first; e < edges.last; ++e) {
        const auto coefficient = requires_of.number(EdgeId{e}, EdgeNumber::Coefficient);
        if (!coefficient) continue;
        Sum& sum =
            sums.try_emplace(requires_of.provenance(EdgeId{e}).year(), Sum{.first = EdgeId{e}})
                .first->second;
        sum.sum += *coefficient;
        sum.one_alone = sum.one_alone || *coefficient > 1;
      }
      for (const auto& of_year : sums) {
        const Sum& sum = of_year.second;
        if (sum.sum <= 1 + 1e-9 || sum.one_alone) continue;
        at_row(RelationKind::Requires, requires_of.provenance(sum.first), [&](SheetReader& reader) {
          const std::string_view name = result_.graph.name(product);
          reader.report(Severity::Note, "coefficient", reader.field("from"),
                        {fmt::format("the inputs of {} add up to {:.3g} yuan for a yuan of output",
                                     name, sum.sum),
                         fmt::format("{} 的投入系数合计为 {:.3g}，大于 1", name, sum.sum)},
                        {"check its coefficients", "请核对其各项投入系数"});
        });
      }
    }
  }

  static constexpr auto kFirm = static_cast<std::size_t>(EntityKind::Firm);
  static constexpr auto kSegment = static_cast<std::size_t>(EntityKind::Segment);

  const IngestOptions& options_;
  IngestResult result_;
  GraphBuilder builder_;
  std::vector<Job> jobs_;
  bool segments_listed_ = false;
  std::vector<const TableMapping*> mapped_;  // those that a file was found for
  std::vector<Problem> left_aside_;          // files of folders that are no tables of ours

  Source last_source_;
  SourceId last_source_id_{0};
  std::size_t citations_ = 0;
  bool citations_dropped_ = false;
  absl::flat_hash_map<std::uint32_t, std::string> source_files_;

  std::array<EntityIndex, kEntityKinds.size()> index_;
  StringMap<std::vector<std::string>> codes_of_name_;  // of firms, names normalised
  std::vector<Provenance> statements_;                 // of the rows that say something of a firm
  std::vector<Firm> firms_;
  std::vector<std::string> names_;   // normalised, by firm
  std::vector<FirmRegion> regions_;  // by firm
  absl::flat_hash_map<std::pair<std::uint32_t, EntityText>, std::vector<std::string_view>> lists_;
  std::array<std::vector<PlainEntity>, kEntityKinds.size()> plain_;
  std::vector<std::string> segment_names_;
  std::vector<bool> chains_;     // by segment: whether it is a whole chain
  SegmentPairs makes_;           // segment, firm that makes it
  SegmentPairs needs_;           // input, product that needs it
  std::uint64_t not_heads_ = 0;  // rows of the table being read
  std::vector<std::pair<std::string, std::uint32_t>> segment_aliases_;
  std::vector<std::vector<std::uint32_t>> parents_;                 // by segment
  std::vector<std::pair<std::uint32_t, Mention>> pending_makes_;    // firm, product
  std::vector<std::pair<std::uint32_t, Mention>> pending_parents_;  // segment, parent
  std::vector<PendingRequires> pending_requires_;
};

}  // namespace

IngestResult ingest(const std::vector<std::filesystem::path>& paths, const IngestOptions& options) {
  return Ingestor(options).run(paths);
}

}  // namespace liantu
