#include "liantu/ingest/ingest.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ingest/cells/sources.hpp"
#include "ingest/graph_notes.hpp"
#include "ingest/graph_rules.hpp"
#include "ingest/problem_rows.hpp"
#include "ingest/rows/firm_industries.hpp"
#include "ingest/rows/firm_reader.hpp"
#include "ingest/rows/input_output_reader.hpp"
#include "ingest/rows/input_tables.hpp"
#include "ingest/rows/part_of_reader.hpp"
#include "ingest/rows/plain_reader.hpp"
#include "ingest/rows/product_support.hpp"
#include "ingest/rows/relation_reader.hpp"
#include "ingest/rows/scope_inference.hpp"
#include "ingest/rows/segment_reader.hpp"
#include "ingest/who/directory.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

template <typename Read>
void each(std::vector<InputTable>& tables, const TableMeaning& meaning, const Read& read) {
  for (InputTable& table : tables) {
    if (table.meaning() == meaning) read(table);
  }
}

// Rows that no entry of the mapping wants are counted, so that none is lost unseen.
void note_unwanted(std::vector<InputTable>& tables, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Table& table = tables[i].table();
    std::vector<SheetReader*> readers;
    bool first = true;
    for (std::size_t j = 0; j < tables.size(); ++j) {
      if (&tables[j].table() != &table) continue;
      first = first && j >= i;
      readers.push_back(&tables[j].reader());
    }
    const auto takes_all = [](SheetReader* reader) { return reader->wanted_rows().empty(); };
    if (!first || std::ranges::any_of(readers, takes_all)) continue;
    std::uint64_t unwanted = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto wants = [&](SheetReader* reader) { return reader->go(row); };
      if (std::ranges::none_of(readers, wants)) ++unwanted;
    }
    if (unwanted == 0) continue;
    problems.push_back(
        {Severity::Note,
         table.header(),
         "unwanted-row",
         "",
         readers.front()->wanted_rows(),
         {fmt::format("rows skipped, because they do not match the mapping's \"where\": {}",
                      unwanted),
          fmt::format("有 {} 行不符合映射的 \"where\" 条件，已跳过", unwanted)},
         {"nothing to do if that is intended", "如属预期无需处理"}});
  }
}

// Whom and what the tables name comes before how they are related, and that before what is
// inferred.
void read_tables(OpenedTables& opened, const IngestOptions& options, IngestResult& result) {
  std::vector<InputTable>& tables = opened.tables;
  const bool segments_listed = std::ranges::any_of(tables, [](const InputTable& table) {
    return table.meaning() == TableMeaning(EntityKind::Segment);
  });
  GraphBuilder builder;
  Sources sources(builder);
  Directory directory(builder, sources, result.problems,
                      segments_listed ? UnknownSegments::AreReported : UnknownSegments::AreMade,
                      std::exchange(result.questions, {}));
  PartOfReader taxonomy(builder, directory.segments(), result.problems);
  ProductSupport support;

  FirmReader firms(builder, directory.firms(), sources, support);
  SegmentReader segments(builder, directory.segments(), sources);
  PlainReader others(builder, sources);
  each(tables, EntityKind::Firm, [&](InputTable& table) { firms.learn_codes(table); });
  for (const EntityKind kind : kEntityKinds) {
    each(tables, kind, [&](InputTable& table) {
      if (kind == EntityKind::Firm) {
        firms.read(table);
      } else if (kind == EntityKind::Segment) {
        segments.read(table);
      } else {
        others.read(table, kind, directory.index(kind));
      }
    });
  }
  directory.firms().settle_answers(result.problems);
  firms.ask_of_short_names();
  firms.link_head_offices(directory);
  InputOutputReader sectors(builder, directory.segments(), result.problems);
  for (const SectorMatrix& matrix : opened.matrices) sectors.read(matrix);
  firms.link_products(directory);
  segments.link_parents(directory, taxonomy);

  RelationReader relations(builder, directory, taxonomy, sources, support, result.problems,
                           options.unknown_suppliers);
  for (const RelationKind kind : kRelationKinds) {
    each(tables, kind, [&](InputTable& table) { relations.read(table, kind); });
  }
  each(tables, Covers{}, [&](InputTable& table) { relations.read_covers(table); });

  place_in_sectors(sectors, firms.statements(), directory, support, builder, options, result);
  if (options.infer_scope) {
    infer_from_scopes(firms.statements(), directory.segments(), support, builder, options, result);
  }
  support.relate(builder, directory.segments());

  result.firms_merged = firms.merged();
  result.graph = builder.build({options.stop, options.progress});
  result.names_linked = directory.linked();
  result.questions = directory.firms().questions().all(result.graph);
  note_unwanted(tables, result.problems);
  note_what_graph_shows(result.graph, sources, tables);
  warn_of_impossible(result.graph, sources, tables);
  if (options.review == Review::Close) note_loose_ends(result.graph, sources, tables);
}

// As what next quarter's files may be read. Tables whose names differ in numbers only are told
// apart by them unless they were understood alike.
Mapping found_mapping(const std::vector<InputTable>& tables, const Mapping& given) {
  Mapping found;
  found.ignore = given.ignore;
  std::vector<std::string> exact;  // parallel to found.tables; empty for those of the mapping given
  for (const InputTable& table : tables) {
    TableMapping entry = table.found_mapping();
    std::string name;
    if (entry.file.empty()) {
      const Table& source = table.table();
      name = source.name();
      entry.file = undated_name(source.file());
      if (!source.sheet().empty()) entry.file += "#" + undated_name(source.sheet());
    }
    const auto same = [&](const TableMapping& other) {
      return other.file == entry.file && other.meaning == entry.meaning &&
             other.columns == entry.columns && other.where == entry.where && other.set == entry.set;
    };
    if (std::ranges::any_of(found.tables, same)) continue;
    found.tables.push_back(std::move(entry));
    exact.push_back(std::move(name));
  }
  for (std::size_t i = 0; i < found.tables.size(); ++i) {
    if (exact[i].empty()) continue;
    const std::string pattern = found.tables[i].file;
    const bool shared = std::ranges::count(found.tables, pattern, &TableMapping::file) > 1;
    if (!shared) continue;
    for (std::size_t j = 0; j < found.tables.size(); ++j) {
      if (found.tables[j].file == pattern && !exact[j].empty()) found.tables[j].file = exact[j];
    }
  }
  return found;
}

}  // namespace

IngestResult ingest(const std::vector<std::filesystem::path>& paths, const IngestOptions& options) {
  IngestResult result;
  if (std::filesystem::exists(options.confirmations)) {
    TableOptions how;
    how.limits = options.limits;
    how.stop = options.stop;
    result.questions = read_confirmations(options.confirmations, result.problems, how);
    result.answers_usable = result.problems.empty();
  }
  OpenedTables opened = open_tables(paths, options, result);
  if (result.unusable_files == 0) read_tables(opened, options, result);
  const std::vector<TableSummary> unread = std::exchange(result.tables, {});
  for (const InputTable& table : opened.tables) result.tables.push_back(table.summary());
  for (const SectorMatrix& matrix : opened.matrices) {
    result.tables.push_back({matrix.table->name(), std::string(kInputOutputMeaning),
                             matrix.table->size(), matrix.table->size(), 0});
  }
  std::ranges::copy(unread, std::back_inserter(result.tables));
  std::ranges::stable_sort(result.problems, {}, [](const Problem& problem) {
    return std::tie(problem.place.file, problem.place.sheet, problem.place.row,
                    problem.place.column);
  });
  result.mapping = found_mapping(opened.tables, options.mapping);
  if (options.review == Review::Close) {
    result.problem_tables = rows_of_problems(result.problems, opened.tables);
  }
  return result;
}

}  // namespace liantu
