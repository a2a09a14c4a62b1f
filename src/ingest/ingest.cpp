#include "liantu/ingest/ingest.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "ingest/entity_index.hpp"
#include "ingest/sheet_reader.hpp"
#include "liantu/base/atomic_file.hpp"
#include "liantu/base/credit_code.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/fields.hpp"
#include "liantu/ingest/firm_name.hpp"
#include "liantu/ingest/locate.hpp"
#include "liantu/ingest/scope.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

constexpr double kGeneralInput = 0.2;   // 设备 or 材料 as an input says next to nothing
constexpr double kUnmadeProduct = 0.3;  // a product that no firm makes may be no product at all
constexpr std::size_t kMostCitations = 60'000;  // provenance numbers sources with 16 bits

struct InputFile {
  fs::path path;
  std::string name;    // as messages and provenance call it
  bool named = false;  // given itself, not found in a folder
};

std::vector<InputFile> list_files(const std::vector<fs::path>& paths) {
  std::vector<InputFile> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw Error(
          ErrorCode::Io,
          {fmt::format("{}: cannot be read: it does not exist; check the name", path.string()),
           fmt::format("{}：无法读取：文件不存在；请核对文件名", path.string())});
    }
    if (!fs::is_directory(path, error)) {
      files.push_back({path, path.filename().string(), true});
      continue;
    }
    std::vector<InputFile> found;
    for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
         at.increment(error)) {
      const std::string name = at->path().filename().string();
      std::error_code ignored;  // a link that leads nowhere is no table
      if (name.starts_with('.')) {
        if (at->is_directory(ignored)) at.disable_recursion_pending();
        continue;
      }
      if (at->is_regular_file(ignored) && is_table(at->path())) {
        found.push_back({at->path(), at->path().lexically_relative(path).generic_string(), false});
      }
    }
    if (error) {
      throw Error(
          ErrorCode::Io,
          {fmt::format("{}: cannot list the folder ({}); check its permissions", path.string(),
                       error.message()),
           fmt::format("{}：无法列出文件夹（{}）；请检查权限", path.string(), error.message())});
    }
    std::ranges::sort(found, {}, &InputFile::name);
    std::ranges::move(found, std::back_inserter(files));
  }
  return files;
}

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
  std::size_t summary = 0;
};

struct Firm {
  std::string code;
  std::uint32_t fields = 0;  // which were set, by index into fields(Firm)
  std::string_view scope;    // points into a Table or a mapping
  SourceId scope_source{0};  // of the row that gave the scope
  std::uint32_t scope_row = 0;
  SourceId source{0};
  std::uint32_t row = 0;
  bool products_stated = false;
};

struct PendingMakes {
  std::uint32_t firm = 0;
  std::string segment;
  Provenance provenance;
  Place place;
};

struct PendingRequires {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  EdgeAttributes attributes;
  Provenance provenance;
};

class Ingestor {
 public:
  explicit Ingestor(const IngestOptions& options) : options_(options) {}

  IngestResult run(const std::vector<fs::path>& paths) {
    open(paths);
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
    std::ranges::stable_sort(result_.problems, {}, [](const Problem& problem) {
      return std::tie(problem.place.file, problem.place.row, problem.place.column);
    });
    return std::move(result_);
  }

 private:
  // ---- files ----

  void open(const std::vector<fs::path>& paths) {
    const std::vector<InputFile> files = list_files(paths);
    std::uint64_t done = 0;
    for (const InputFile& file : files) {
      check_stop();
      if (options_.progress) options_.progress("read", done++, files.size());
      open_file(file);
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
    if (jobs_.empty()) {
      throw Error(
          ErrorCode::InvalidData,
          {"no table was found; give files or a folder with tables (`liantu formats` "
           "lists what can be read)",
           "没有找到任何表；请给出文件或含有表格的文件夹（`liantu formats` 列出可读格式）"});
    }
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

    TableOptions table_options;
    table_options.limits = options_.limits;
    table_options.stop = options_.stop;
    const auto table =
        std::make_shared<const Table>(read_table(file.path, file.name, table_options));
    const std::string bytes = read_file(file.path, options_.limits.file_bytes);
    result_.digests.emplace_back(file.name, digest(bytes));
    std::ranges::copy(table->problems(), std::back_inserter(result_.problems));

    if (!mappings.empty()) {
      for (const TableMapping* mapping : mappings) add_job(table, mapping->meaning, mapping);
      return;
    }
    const std::string stem = fs::path(file.name).stem().string();
    if (const auto meaning = recognize_table(stem, table->columns())) {
      add_job(table, *meaning, nullptr);
      return;
    }
    const Place header{.file = file.name, .line = 1, .column = 1};
    std::string columns;
    for (const std::string& name : table->columns()) {
      columns += columns.empty() ? "" : ", ";
      columns += name;
    }
    const Text what = {
        fmt::format("cannot tell what this table is from its headings ({})", columns),
        fmt::format("无法从列名判断这是什么表（{}）", columns)};
    const Text remedy = {"name the columns as `liantu formats` lists them, or write a mapping file",
                         "请按 `liantu formats` 列出的列名命名，或编写映射文件"};
    if (file.named || options_.mapping.tables.empty()) {
      throw Error(ErrorCode::InvalidData,
                  {fmt::format("{}: {}; {}", header.to_string(), what.en, remedy.en),
                   fmt::format("{}：{}；{}", header.to_string(), what.zh, remedy.zh)});
    }
    result_.problems.push_back({Severity::Note, header, "unmapped-file", "", "", what, remedy});
  }

  void add_job(std::shared_ptr<const Table> table, const TableMeaning& meaning,
               const TableMapping* mapping) {
    if (meaning == TableMeaning(EntityKind::Segment)) segments_listed_ = true;
    TableSummary summary;
    summary.file = table->file();
    summary.meaning = meaning_word(meaning);
    jobs_.push_back({std::move(table), meaning, mapping, result_.tables.size()});
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

  // Calls use(reader) for every row; it returns whether the row was used.
  template <typename Use>
  void each_row(const Job& job, OnFault on_fault, const Use& use) {
    SheetReader reader(*job.table, job.meaning, job.mapping, on_fault, result_.problems);
    ProvenanceFields provenance(reader);
    TableSummary& summary = result_.tables[job.summary];
    const auto left_out = static_cast<std::uint64_t>(
        std::ranges::count(job.table->problems(), Severity::Error, &Problem::severity));
    summary.left_out += left_out;
    summary.rows += left_out;
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
    if (const std::string_view words = reader.words(at.source);
        !words.empty() && citations_ < kMostCitations) {
      citation = words;
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

  // ---- entities ----

  void read_entities(const Job& job, EntityKind kind) {
    if (kind == EntityKind::Firm) {
      read_firms(job);
      return;
    }
    each_row(job, OnFault::DropValue, [&](SheetReader& reader, const ProvenanceFields& at) {
      return kind == EntityKind::Segment ? read_segment(reader, at, job)
                                         : read_plain(reader, at, job, kind);
    });
  }

  bool missing_name(SheetReader& reader, std::size_t field) {
    if (!reader.words(field).empty()) return false;
    reader.report(Severity::Error, "missing-name", field, {"the row has no name", "此行没有名称"},
                  {"fill in the name or delete the row", "请补上名称或删除此行"});
    return true;
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
    constexpr std::array kTexts = {
        Texts{"address", EntityText::Address, false}, Texts{"status", EntityText::Status, false},
        Texts{"type", EntityText::Type, false},       Texts{"scope", EntityText::Scope, false},
        Texts{"tags", EntityText::Tags, true},        Texts{"risks", EntityText::Risks, true},
        Texts{"aliases", EntityText::Aliases, true},  Texts{"key", EntityText::Key, false}};
    each_row(job, OnFault::DropValue, [&](SheetReader& reader, const ProvenanceFields& at) {
      const std::size_t name_field = reader.field("name");
      if (missing_name(reader, name_field)) return false;
      const std::string code = reader.credit_code(reader.field("credit_code"));
      const Provenance from = provenance(reader, at, job);
      const auto id = identify_firm(reader, code, from);
      if (!id) return false;
      Firm& firm = firms_[*id];
      const Node node(FirmId{*id});
      // Whether no row before gave this field a value; asked only once the value has been read, so
      // that a faulty one is reported in every row and never stands in the way of a good one.
      const auto fresh = [&](std::size_t field) {
        if (reader.words(field).empty()) return false;
        const std::uint32_t mask = 1U << field;
        const bool first = (firm.fields & mask) == 0;
        firm.fields |= mask;
        return first;
      };

      if (firm.code.empty() && !code.empty()) {
        firm.code = code;
        index_[kFirm].add_code(code, *id);
        builder_.set(node, EntityText::Code, code);
      }
      for (const auto& [key, number, is_money] : kNumbers) {
        const std::size_t field = reader.field(key);
        const auto value = is_money ? reader.money(field) : reader.number(field);
        if (value && fresh(field)) builder_.set(node, number, {*value, from.basis});
      }
      for (const auto& [key, text, is_list] : kTexts) {
        const std::size_t field = reader.field(key);
        if (!fresh(field)) continue;
        std::string joined;
        if (is_list) {
          for (const std::string_view part : reader.list(field)) {
            joined += joined.empty() ? "" : ";";
            joined += part;
          }
        }
        builder_.set(node, text, is_list ? std::string_view(joined) : reader.words(field));
        if (text == EntityText::Scope) {
          firm.scope = reader.words(field);
          firm.scope_source = from.source;
          firm.scope_row = from.row;
        }
        if (text == EntityText::Key) index_[kFirm].add_key(reader.words(field), *id);
        if (text == EntityText::Aliases) {
          for (const std::string_view part : reader.list(field)) {
            index_[kFirm].add_alias(normalize_firm_name(part).full, *id);
          }
        }
      }
      const std::size_t founded_field = reader.field("founded");
      const Date founded = reader.date(founded_field);
      if (founded.known() && fresh(founded_field)) builder_.set_founded(node, founded);
      const std::size_t anchor_field = reader.field("anchor");
      const auto anchor = reader.flag(anchor_field);
      if (anchor && fresh(anchor_field)) builder_.set_anchor(FirmId{*id}, *anchor);
      place_firm(reader, *id, code);
      const std::size_t products = reader.field("products");
      for (const std::string_view product : reader.list(products)) {
        firm.products_stated = true;
        pending_makes_.push_back({*id, std::string(product), from, reader.place(products)});
      }
      return true;
    });
  }

  void place_firm(SheetReader& reader, std::uint32_t id, const std::string& code) {
    const auto words = [&](std::string_view key) { return reader.words(reader.field(key)); };
    const Location location = locate({words("region"), words("address"), words("province"),
                                      words("city"), words("district"), code, words("name")});
    if (const std::string_view stated = words("region"); !stated.empty()) {
      std::ignore = reader.region(reader.field("region"));  // reports a region that does not exist
    }
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
    RegionFigure& known = regions_[id];
    const bool finer =
        known.code != location.region.code && known.code.contains(location.region.code);
    if (location.region.code.known() && (!known.code.known() || finer)) {
      known = location.region;
      builder_.set_region(FirmId{id}, known);
    }
  }

  // Code first, then normalised name. Nothing when the row cannot be told apart from several firms.
  std::optional<std::uint32_t> identify_firm(SheetReader& reader, const std::string& code,
                                             const Provenance& from) {
    const std::size_t name_field = reader.field("name");
    const std::string_view name = reader.words(name_field);
    const FirmName normal = normalize_firm_name(name);
    EntityIndex& index = index_[kFirm];
    const auto merge = [&](std::uint32_t id, Text what) {
      ++result_.firms_merged;
      reader.report(Severity::Note, "merged", name_field, std::move(what),
                    {"nothing to do if they are one firm; give the other firm its own credit code "
                     "if they are not",
                     "如确为同一企业无需处理；如不是，请为另一家填写其信用代码"});
      return id;
    };
    if (!code.empty()) {
      if (const auto& same = index.by_code(code); !same.empty()) {
        const std::uint32_t id = same.front();
        if (names_[id] == normal.full) {
          return merge(id, {fmt::format("the firm already stands in {}", stands(id).en),
                            fmt::format("该企业已见于 {}", stands(id).zh)});
        }
        index.add_alias(normal.full, id);
        return merge(
            id, {fmt::format("the same credit code stands in {} under another name", stands(id).en),
                 fmt::format("同一信用代码在 {} 以另一名称出现", stands(id).zh)});
      }
    }
    std::vector<std::uint32_t> candidates;
    for (const std::uint32_t id : index.by_name(normal.full)) {
      if (code.empty() || firms_[id].code.empty() || firms_[id].code == code) {
        candidates.push_back(id);
      }
    }
    if (candidates.size() > 1) {
      reader.report(
          Severity::Error, "ambiguous-firm", name_field,
          {fmt::format("{} firms have this name and different credit codes; the row names none",
                       candidates.size()),
           fmt::format("有 {} 家企业同名而信用代码不同，此行未写信用代码", candidates.size())},
          {"add the credit code", "请补上信用代码"});
      return std::nullopt;
    }
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
    const Node node = builder_.add(EntityKind::Firm, name, from);
    firms_.push_back({});
    firms_.back().source = from.source;
    firms_.back().row = from.row;
    names_.push_back(normal.full);
    regions_.push_back({});
    index.add_name(normal.full, node.local);
    if (!normal.form.empty()) index.add_core(normal.core, node.local);
    return node.local;
  }

  // `企业.csv row 17`
  Text stands(std::uint32_t firm) const {
    const auto found = source_files_.find(raw(firms_[firm].source));
    const std::string file = found == source_files_.end() ? "" : found->second;
    return {fmt::format("{} row {}", file, firms_[firm].row),
            fmt::format("{} 第 {} 行", file, firms_[firm].row)};
  }

  bool read_segment(SheetReader& reader, const ProvenanceFields& at, const Job& job) {
    const std::size_t name_field = reader.field("name");
    if (missing_name(reader, name_field)) return false;
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
    builder_.set(node, EntityText::Type, segment_type(reader.words(reader.field("type"))));
    builder_.set(node, EntityText::Code, reader.words(reader.field("code")));
    const std::string_view key = reader.words(reader.field("key"));
    builder_.set(node, EntityText::Key, key);
    index_[kSegment].add_key(key, id);
    const std::size_t parent = reader.field("parent");
    if (const std::string_view words = reader.words(parent); !words.empty()) {
      pending_parents_.push_back({id, std::string(words), from, reader.place(parent)});
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
    index_[kSegment].add_name(name, node.local);
    return node.local;
  }

  bool read_plain(SheetReader& reader, const ProvenanceFields& at, const Job& job,
                  EntityKind kind) {
    const std::size_t name_field = reader.field("name");
    if (missing_name(reader, name_field)) return false;
    EntityIndex& index = index_[static_cast<std::size_t>(kind)];
    const std::string name = normalize_width(reader.words(name_field));
    const bool keyed = !reader.words(reader.field("key")).empty();
    if (!keyed && !index.by_name(name).empty()) {
      reader.report(
          Severity::Error, "duplicate", name_field,
          {"the name stands in the table twice", "该名称在表中重复出现"},
          {"delete one of the rows, or give each its own id", "请删除其中一行，或分别填写编号"});
      return false;
    }
    const Node node = builder_.add(kind, name, provenance(reader, at, job));
    index.add_name(name, node.local);
    if (keyed) {
      index.add_key(reader.words(reader.field("key")), node.local);
      builder_.set(node, EntityText::Key, reader.words(reader.field("key")));
    }
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
    for (PendingMakes& pending : pending_makes_) {
      const auto segment = segment_of(pending.segment, pending.provenance);
      if (!segment) {
        unknown_mention("products", pending.segment, pending.place);
        continue;
      }
      relate_makes(pending.firm, *segment, {}, pending.provenance);
    }
    for (const PendingParent& pending : pending_parents_) {
      const auto parent = segment_of(pending.parent, pending.provenance);
      if (!parent) {
        unknown_mention("parent", pending.parent, pending.place);
        continue;
      }
      std::ignore = part_of(pending.child, *parent, pending.provenance, pending.place, "parent",
                            Severity::Warning);
    }
  }

  // A segment that a row of another entity mentions; the entity stands without it.
  void unknown_mention(std::string_view field, const std::string& name, const Place& place) {
    result_.problems.push_back(
        {Severity::Warning,
         place,
         "unknown-segment",
         std::string(field),
         name,
         {"no segment has this name", "没有此名称的环节"},
         {"add it to the table of segments or mend the name", "请补入环节表或更正名称"}});
  }

  // A segment by name, alias or key; made on first mention when no table lists segments.
  std::optional<std::uint32_t> segment_of(std::string_view words, const Provenance& from) {
    const std::string name = normalize_width(words);
    const EntityIndex& index = index_[kSegment];
    for (const EntityIndex::Ids* ids :
         {&index.by_name(name), &index.by_alias(name), &index.by_key(words)}) {
      if (!ids->empty()) return ids->front();
    }
    if (segments_listed_ || name.empty()) return std::nullopt;
    return add_segment(name, from);
  }

  void read_relations(const Job& job, RelationKind kind) {
    not_heads_ = 0;
    each_row(job, OnFault::DropRow, [&](SheetReader& reader, const ProvenanceFields& at) {
      const Provenance from = provenance(reader, at, job);
      EdgeAttributes attributes;
      read_attributes(reader, kind, attributes);
      if (reader.faulty()) return false;
      const auto tail = endpoint(reader, "from", kind, job, from);
      const auto head = endpoint(reader, "to", kind, job, from);
      if (!tail || !head) return false;
      if (kind == RelationKind::Supplies) {
        const std::size_t about = reader.field("segment");
        if (const std::string_view words = reader.words(about); !words.empty()) {
          const auto segment = segment_of(words, from);
          if (!segment) return unknown(reader, about, "segment", "环节");
          attributes.segment = SegmentId{*segment};
        }
      }
      if (*tail == *head && kind != RelationKind::Cooperates) {
        reader.report(Severity::Error, "self", reader.field("to"),
                      {"both ends are the same", "两端是同一对象"},
                      {"mend one of the two names or delete the row", "请更正其一或删除此行"});
        return false;
      }
      return relate(reader, job, kind, *tail, *head, attributes, from);
    });
    if (not_heads_ == 0) return;
    const Table& table = *job.table;
    result_.problems.push_back(
        {Severity::Note,
         {.file = table.file(), .sheet = table.sheet(), .row = 1, .line = 1, .column = 1},
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
        if (job.mapping != nullptr && job.mapping->trust == TrustRule::Support &&
            !segment_names_[tail.local].ends_with(segment_names_[head.local])) {
          ++not_heads_;  // a string that merely occurs in another
          return false;
        }
        return part_of(tail.local, head.local, from, reader.place(reader.field("to")), "to",
                       Severity::Error);
      }
      case RelationKind::Requires:
        needs_.emplace_back(head.local, tail.local);
        if (job.mapping != nullptr && job.mapping->trust == TrustRule::Support) {
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
  bool part_of(std::uint32_t child, std::uint32_t parent, const Provenance& from,
               const Place& place, std::string_view field, Severity severity) {
    if (parents_.size() < segment_names_.size()) parents_.resize(segment_names_.size());
    if (const auto path = way_up(parent, child); !path.empty()) {
      std::string cycle = segment_names_[child];
      for (const std::uint32_t step : path) cycle += " → " + segment_names_[step];
      result_.problems.push_back({severity,
                                  place,
                                  "cycle",
                                  std::string(field),
                                  segment_names_[parent],
                                  {fmt::format("the taxonomy would go in a circle: {}", cycle),
                                   fmt::format("上下级关系成环：{}", cycle)},
                                  {"delete the row that is wrong", "请删除其中有误的一行"}});
      return false;
    }
    parents_[child].push_back(parent);
    builder_.relate(RelationKind::PartOf, SegmentId{child}, SegmentId{parent}, {}, from);
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

  bool unknown(SheetReader& reader, std::size_t field, std::string_view en, std::string_view zh) {
    reader.report(Severity::Error, fmt::format("unknown-{}", en), field,
                  {fmt::format("no {} has this name", en), fmt::format("没有此名称的{}", zh)},
                  {fmt::format("add it to the table of {}s or mend the name", en),
                   fmt::format("请补入{}表或更正名称", zh)});
    return false;
  }

  bool ambiguous(SheetReader& reader, std::size_t field, std::size_t count) {
    reader.report(Severity::Error, "ambiguous", field,
                  {fmt::format("{} entities go by this name", count),
                   fmt::format("有 {} 个对象使用此名称", count)},
                  {"write the credit code or the id instead of the name", "请改填信用代码或编号"});
    return false;
  }

  std::optional<Node> endpoint(SheetReader& reader, std::string_view key, RelationKind kind,
                               const Job& job, const Provenance& from) {
    const std::size_t field = reader.field(key);
    if (missing_name(reader, field)) return std::nullopt;
    const bool tail = key == "from";
    const auto allows = [&](EntityKind entity) {
      return std::ranges::any_of(kEntityKinds, [&](EntityKind other) {
        return tail ? relation_allows(kind, entity, other) : relation_allows(kind, other, entity);
      });
    };
    if (allows(EntityKind::Segment)) {
      if (const auto segment = segment_of(reader.words(field), from)) {
        return Node(SegmentId{*segment});
      }
      unknown(reader, field, "segment", "环节");
      return std::nullopt;
    }
    std::vector<Node> found;
    if (allows(EntityKind::Firm)) {
      for (const std::uint32_t id : firms_named(reader.words(field))) {
        found.emplace_back(FirmId{id});
      }
    }
    for (const EntityKind other :
         {EntityKind::Person, EntityKind::Organization, EntityKind::Site}) {
      if (!allows(other)) continue;
      for (const std::uint32_t id : plain_named(other, reader.words(field))) {
        found.emplace_back(other, id);
      }
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
      ambiguous(reader, field, found.size());
      return std::nullopt;
    }
    if (allows(EntityKind::Firm)) return unknown_firm(reader, field, job, from);
    const bool person = allows(EntityKind::Person);
    const bool site = allows(EntityKind::Site);
    unknown(reader, field,
            person ? "person"
            : site ? "site"
                   : "organization",
            person ? "人员"
            : site ? "地块"
                   : "组织");
    return std::nullopt;
  }

  // Persons, organizations or sites by id, then by name.
  EntityIndex::Ids plain_named(EntityKind kind, std::string_view words) const {
    const EntityIndex& index = index_[static_cast<std::size_t>(kind)];
    if (const EntityIndex::Ids& by_key = index.by_key(words); !by_key.empty()) return by_key;
    return index.by_name(normalize_width(words));
  }

  EntityIndex::Ids firms_named(std::string_view words) const {
    const EntityIndex& index = index_[kFirm];
    if (const auto& by_code = index.by_code(normalize_credit_code(words)); !by_code.empty()) {
      return by_code;
    }
    const std::string full = normalize_firm_name(words).full;
    for (const EntityIndex::Ids* ids :
         {&index.by_name(full), &index.by_key(words), &index.by_alias(full)}) {
      if (!ids->empty()) return *ids;
    }
    return {};
  }

  std::optional<Node> unknown_firm(SheetReader& reader, std::size_t field, const Job& job,
                                   const Provenance& from) {
    const std::string_view words = reader.words(field);
    const FirmName normal = normalize_firm_name(words);
    if (job.mapping != nullptr && job.mapping->create) {
      const Node node = builder_.add(EntityKind::Firm, words, from);
      firms_.push_back({});
      firms_.back().source = from.source;
      firms_.back().row = from.row;
      names_.push_back(normal.full);
      regions_.push_back({});
      index_[kFirm].add_name(normal.full, node.local);
      return node;
    }
    const EntityIndex::Ids& similar = index_[kFirm].by_core(normal.core);
    Text remedy = {"add it to the table of firms or mend the name", "请补入企业表或更正名称"};
    if (!similar.empty()) {
      remedy.en += fmt::format("; do you mean the firm in {}?", stands(similar.front()).en);
      remedy.zh += fmt::format("；是否指 {} 的企业？", stands(similar.front()).zh);
    }
    reader.report(Severity::Error, "unknown-firm", field,
                  {"no firm has this name, code or id", "没有此名称、代码或编号的企业"},
                  std::move(remedy));
    return std::nullopt;
  }

  void read_covers(const Job& job) {
    each_row(job, OnFault::DropRow, [&](SheetReader& reader, const ProvenanceFields&) {
      const std::size_t name_field = reader.field("from");
      if (missing_name(reader, name_field)) return false;
      const std::size_t region_field = reader.field("region");
      const auto region = reader.region(region_field);
      if (reader.words(region_field).empty()) {
        reader.report(Severity::Error, "missing-region", region_field,
                      {"the row names no region", "此行没有地区"},
                      {"write a code such as 500104 or a full name such as 重庆市大渡口区",
                       "请填写代码（如 500104）或全称（如 重庆市大渡口区）"});
      }
      const EntityIndex::Ids ids = plain_named(EntityKind::Organization, reader.words(name_field));
      if (ids.empty()) return unknown(reader, name_field, "organization", "组织");
      if (ids.size() > 1) return ambiguous(reader, name_field, ids.size());
      if (!region) return false;
      builder_.cover(OrganizationId{ids.front()}, *region);
      return true;
    });
  }

  // ---- inference ----

  void infer_from_scopes() {
    std::vector<std::string_view> terms(segment_names_.begin(), segment_names_.end());
    if (terms.empty()) return;
    for (const auto& [alias, segment] : segment_aliases_) terms.push_back(alias);
    ScopeTagger tagger(terms);
    for (std::uint32_t id = 0; id < firms_.size(); ++id) {
      if (id % 4096 == 0) {
        check_stop();
        if (options_.progress) options_.progress("scope", id, firms_.size());
      }
      const Firm& firm = firms_[id];
      if (firm.products_stated || firm.scope.empty()) continue;
      Provenance from;
      from.source = firm.scope_source;
      from.row = firm.scope_row;
      from.basis = Basis::Inferred;
      bool tagged = false;
      for (const ScopeTag& tag : one_a_segment(tagger.tag(firm.scope))) {
        const bool trade = tag.activity == Activity::Trade;
        const auto segment = static_cast<std::uint32_t>(tag.term);
        from.confidence = static_cast<float>(tag.confidence);
        EdgeAttributes attributes;
        attributes.detail = tag.words;
        builder_.relate(trade ? RelationKind::Trades : RelationKind::Makes, FirmId{id},
                        SegmentId{segment}, attributes, from);
        ++(trade ? result_.scope_trades : result_.scope_makes);
        if (!trade) makes_.emplace_back(segment, id);
        tagged = true;
      }
      if (tagged) ++result_.scopes_tagged;
    }
  }

  // Turns terms, which may be aliases, into segments and keeps the best tag of each.
  std::vector<ScopeTag> one_a_segment(const std::vector<ScopeTag>& tags) const {
    std::vector<ScopeTag> best;
    for (ScopeTag tag : tags) {
      if (tag.term >= segment_names_.size()) {
        tag.term = segment_aliases_[tag.term - segment_names_.size()].second;
      }
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

  struct PendingParent {
    std::uint32_t child = 0;
    std::string parent;
    Provenance provenance;
    Place place;
  };

  static constexpr auto kFirm = static_cast<std::size_t>(EntityKind::Firm);
  static constexpr auto kSegment = static_cast<std::size_t>(EntityKind::Segment);

  const IngestOptions& options_;
  IngestResult result_;
  GraphBuilder builder_;
  std::vector<Job> jobs_;
  bool segments_listed_ = false;
  std::vector<const TableMapping*> mapped_;  // those that a file was found for

  Source last_source_;
  SourceId last_source_id_{0};
  std::size_t citations_ = 0;
  absl::flat_hash_map<std::uint32_t, std::string> source_files_;

  std::array<EntityIndex, kEntityKinds.size()> index_;
  std::vector<Firm> firms_;
  std::vector<std::string> names_;     // normalised, by firm
  std::vector<RegionFigure> regions_;  // by firm
  std::vector<std::string> segment_names_;
  SegmentPairs makes_;           // segment, firm that makes it
  SegmentPairs needs_;           // input, product that needs it
  std::uint64_t not_heads_ = 0;  // rows of the table being read
  std::vector<std::pair<std::string, std::uint32_t>> segment_aliases_;
  std::vector<std::vector<std::uint32_t>> parents_;  // by segment
  std::vector<PendingMakes> pending_makes_;
  std::vector<PendingParent> pending_parents_;
  std::vector<PendingRequires> pending_requires_;
};

}  // namespace

IngestResult ingest(const std::vector<std::filesystem::path>& paths, const IngestOptions& options) {
  return Ingestor(options).run(paths);
}

}  // namespace liantu
