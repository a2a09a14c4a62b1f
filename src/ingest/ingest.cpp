#include "liantu/ingest/ingest.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "ingest/cells/sources.hpp"
#include "ingest/graph_notes.hpp"
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

  place_in_sectors(sectors, firms.statements(), directory, support, builder, options,
                   result);
  if (options.infer_scope) {
    infer_from_scopes(firms.statements(), directory.segments(), support, builder, options, result);
  }
  support.relate(builder, directory.segments());

  result.firms_merged = firms.merged();
  result.graph = builder.build({options.stop, options.progress});
  result.names_linked = directory.linked();
  result.questions = directory.firms().questions().all(result.graph);
  note_what_graph_shows(result.graph, sources, tables);
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
  return result;
}

}  // namespace liantu
