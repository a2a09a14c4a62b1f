#include "ingest/rows/input_output_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// `china_2020_42.csv` is of 2020; nothing where a name holds no year or several.
Date year_of(std::string_view file) {
  const std::string stem = std::filesystem::path(file).stem().string();
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  Date year;
  for (std::size_t at = 0; at < stem.size();) {
    if (!digit(stem[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < stem.size() && digit(stem[end])) ++end;
    const std::string number = stem.substr(at, end - at);
    at = end;
    if (number.size() != 4 || number < "1950" || number > "2099") continue;
    if (year.known()) return {};
    year.year = static_cast<decltype(year.year)>(std::stoi(number));
  }
  return year;
}

}  // namespace

void InputOutputReader::read(const SectorMatrix& matrix) {
  const InputOutputTable& table = matrix.content;
  Provenance from;
  from.source = builder_.add_source({matrix.table->file(), matrix.table->sheet(), ""});
  from.as_of = year_of(matrix.table->file());
  if (!from.as_of.known()) from.as_of.year = static_cast<decltype(Date::year)>(table.year);
  double output = 0;
  for (const InputOutputSector& sector : table.sectors) output += sector.gross_output;
  std::vector<std::uint32_t> segments;
  for (const InputOutputSector& sector : table.sectors) {
    from.row = sector.row;
    segments.push_back(segment_of(sector, from));
    if (table.scheme) {
      builder_.set(
          SegmentId{segments.back()}, EntityText::Industry,
          fmt::format("{}", fmt::join(industries_of(segments.size() - 1, *table.scheme), ";")));
    }
    if (output > 0) {
      builder_.set(SegmentId{segments.back()}, EntityNumber::OutputShare,
                   {sector.gross_output / output, Basis::Stated});
    }
  }
  from.basis = Basis::Estimated;
  for (const InputCoefficient& one : table.coefficients) {
    from.row = table.sectors[one.input].row;
    EdgeAttributes attributes;
    attributes.coefficient = one.value;
    attributes.import_share = one.import_share;
    if (one.import_share && table.imports == ImportTreatment::Proportional) {
      attributes.detail = kImportsProportional;
    }
    builder_.relate(RelationKind::Requires, SegmentId{segments[one.product]},
                    SegmentId{segments[one.input]}, attributes, from);
  }
  if (!table.scheme) {
    problems_.push_back({Severity::Note,
                         table.heading,
                         "sector-scheme",
                         "",
                         "",
                         {"the sectors are not those of a national table (42, 149 or 153 sectors), "
                          "so firms are not "
                          "put into them by industry",
                          "部门不是全国投入产出表的 42、149 或 153 部门分类，无法按行业归入企业"},
                         {"say what firms make in a table of `makes`, with the sectors' names",
                          "请用“主营”表按部门名称说明企业主营"}});
    return;
  }
  if (!sectors_ || segments.size() >= sectors_->segments.size()) {
    sectors_ = Sectors{*table.scheme, std::move(segments)};
  }
}

std::uint32_t InputOutputReader::segment_of(const InputOutputSector& sector,
                                            const Provenance& from) {
  const EntityIndex::Ids& known = segments_.called(sector.name());
  if (!known.empty()) return known.front();
  const std::uint32_t id = segments_.add(sector.name(), from);
  segments_.set_sector(id);
  const SegmentId segment{id};
  builder_.set(segment, EntityText::Type, "industry");
  builder_.set(segment, EntityText::Code, sector.code);
  if (sector.en != sector.name()) {
    segments_.add_alias(sector.en, id);
    builder_.set(segment, EntityText::Aliases, sector.en);
  }
  return id;
}

}  // namespace liantu
