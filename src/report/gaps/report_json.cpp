#include "report/gaps/report_json.hpp"

#include <cstdint>
#include <string>

#include "report/words/words.hpp"

namespace liantu {

void ReportJson::district() {
  const District& where = report_.district;
  out_.key("district");
  out_.open_object();
  out_.member_or_null("region", where.region.to_string());
  out_.member_or_null("region_name", region_full_name(where.region));
  out_.member_or_null("near", where.near.to_string());
  out_.member_or_null("source_outside", where.source_outside.to_string());
  out_.close_object();
  out_.key("anchors");
  out_.open_object();
  out_.member("basis", anchor_basis_word(report_.anchors.basis));
  firms("firms", report_.anchors.firms);
  out_.member("said", report_.anchors.said());
  out_.close_object();
  out_.member_count("local_firms", report_.local_firms);
  out_.member_count("local_makers", report_.local_makers);
  out_.member_count("unlocated_firms", report_.unlocated_firms);
  if (!report_.factors.empty()) factors();
  if (!report_.newcomers.empty()) newcomers();
}

void ReportJson::firms(std::string_view key, const std::vector<FirmId>& firms) {
  out_.member_list(key, firms, [&](FirmId firm) { return name(firm); });
}

void ReportJson::makers(std::string_view key, const std::vector<Maker>& makers) {
  out_.member_list(key, makers, [&](const Maker& maker) { return name(maker.firm); });
}

void ReportJson::segments(std::string_view key, const std::vector<SegmentId>& segments) {
  out_.member_list(key, segments, [&](SegmentId segment) { return name(segment); });
}

void ReportJson::evidence(RelationKind kind, EdgeId edge) {
  const Relation relation = graph_.relation(kind);
  evidence(kind, edge, relation.source(edge), relation.target(edge));
}

void ReportJson::evidence(RelationKind kind, EdgeId edge, EntityId from, EntityId to) {
  const Relation relation = graph_.relation(kind);
  const Provenance provenance = relation.provenance(edge);
  const Source& source = graph_.source(provenance.source);
  out_.open_object();
  out_.member("relation", relation_word(kind));
  out_.member("from", graph_.name(from));
  out_.member("to", graph_.name(to));
  out_.member("basis", basis_word(provenance.basis));
  out_.member_confidence("confidence", static_cast<double>(provenance.confidence));
  out_.member_or_null("file", source.file.empty() ? source.citation : source.file);
  out_.member_or_null("sheet", source.sheet);
  out_.key("row");
  provenance.row > 0 ? out_.count(provenance.row) : out_.null();
  out_.member_or_null("detail", relation.detail(edge));
  out_.close_object();
}

void ReportJson::factors() {
  out_.key("factors");
  out_.open_array();
  for (const FactorUse& use : report_.factors) {
    out_.open_object();
    out_.member_or_null("segment", use.factor.segment ? name(*use.factor.segment) : "");
    const bool none = use.factor.cny_per_unit == 0;
    out_.member("per", none ? "none" : factor_basis_word(use.factor.per));
    out_.member_number("cny_per_unit", use.factor.cny_per_unit);
    out_.member("source", use.factor.source);
    out_.member_count("firms", use.firms);
    out_.close_object();
  }
  out_.close_array();
}

void ReportJson::newcomers() {
  out_.key("newcomers");
  out_.open_array();
  for (const Newcomer& one : report_.newcomers) {
    out_.open_object();
    out_.member("name", one.name);
    out_.member_boolean("anchor", one.anchor);
    out_.member("source", one.source);
    out_.key("makes");
    out_.open_array();
    for (const NewcomerProduct& product : one.makes) {
      out_.open_object();
      out_.member("segment", name(product.segment));
      out_.member_amount("output", product.output);
      out_.member("basis", basis_word(kAssumed));
      out_.close_object();
    }
    out_.close_array();
    out_.close_object();
  }
  out_.close_array();
}

}  // namespace liantu
