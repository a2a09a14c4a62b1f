#include "ingest/cells/sources.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace liantu {
namespace {

constexpr std::size_t kMostCitations = 60'000;  // provenance numbers sources with 16 bits

}  // namespace

Sources::Columns::Columns(const TableMeaning& table)
    : meaning(table),
      source(field_index(table, "source")),
      as_of(field_index(table, "as_of")),
      since(field_index(table, "since")),
      until(field_index(table, "until")),
      confidence(field_index(table, "confidence")),
      basis(field_index(table, "basis")) {}

Provenance Sources::of_row(SheetReader& reader) {
  if (!(reader.meaning() == columns_.meaning)) columns_ = Columns(reader.meaning());
  std::string citation = reader.mapping() != nullptr ? reader.mapping()->citation : std::string();
  if (const std::string_view words = reader.words(columns_.source); !words.empty()) {
    if (citations_ < kMostCitations) {
      citation = words;
    } else {
      warn_of_citations(reader);
    }
  }
  const Source source{reader.table().file(), reader.table().sheet(), citation};
  if (!(source == last_)) {
    last_ = source;
    last_id_ = builder_.add_source(source);
    citations_ = std::max<std::size_t>(citations_, raw(last_id_));
    files_.try_emplace(raw(last_id_), reader.table().name());
  }
  Provenance from;
  from.source = last_id_;
  from.row = reader.row_number();
  from.as_of = reader.date(columns_.as_of);
  from.since = reader.date(columns_.since);
  from.until = reader.date(columns_.until);
  if (from.since.known() && from.until.known() && from.until < from.since) {
    reader.report(Severity::Warning, "until-before-since", columns_.until,
                  {fmt::format("its end, {}, lies before its beginning, {}", from.until.to_string(),
                               from.since.to_string()),
                   fmt::format("截止日期 {} 早于起始日期 {}", from.until.to_string(),
                               from.since.to_string())},
                  {"mend whichever date is wrong", "请更正有误的日期"});
  }
  from.confidence = static_cast<float>(reader.share(columns_.confidence).value_or(1));
  from.basis = reader.basis(columns_.basis).value_or(Basis::Stated);
  return from;
}

void Sources::warn_of_citations(SheetReader& reader) {
  if (citations_dropped_) return;
  citations_dropped_ = true;
  reader.report(
      Severity::Warning, "too-many-sources", columns_.source,
      {fmt::format("more than {} different sources; those of this row and the ones after it are "
                   "not kept",
                   kMostCitations),
       fmt::format("不同的来源超过 {} 个；此行及以后各行的来源不再保留", kMostCitations)},
      {"write the name of the source, not a different text in each row",
       "请填写来源的名称，不要每行各写一个"});
}

std::string_view Sources::file(SourceId source) const {
  const auto found = files_.find(raw(source));
  return found == files_.end() ? std::string_view() : found->second;
}

Text Sources::stands(const Provenance& from) const {
  const std::string_view name = file(from.source);
  return {fmt::format("{} row {}", name, from.row), fmt::format("{} 第 {} 行", name, from.row)};
}

}  // namespace liantu
