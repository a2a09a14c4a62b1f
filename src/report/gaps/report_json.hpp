#pragma once

#include <string_view>
#include <vector>

#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "report/formats/json_output.hpp"

namespace liantu {

/// Writes what documents on a district's gaps share.
class ReportJson {
 public:
  /// @param out, graph, report  Live longer.
  ReportJson(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report)
      : out_(out), graph_(graph), report_(report) {}

  /// The members that say which district and which anchors were examined.
  void district();
  void firms(std::string_view key, const std::vector<FirmId>& firms);
  void makers(std::string_view key, const std::vector<Maker>& makers);
  void segments(std::string_view key, const std::vector<SegmentId>& segments);
  /// A relation with its source row, as an object.
  void evidence(RelationKind kind, EdgeId edge, EntityId from, EntityId to);
  void evidence(RelationKind kind, EdgeId edge);

  [[nodiscard]] std::string_view name(FirmId firm) const {
    return firm_name(graph_, report_.newcomers, firm);
  }
  [[nodiscard]] std::string_view name(SegmentId segment) const {
    return graph_.name(graph_.entity(segment));
  }

 private:
  void factors();
  void newcomers();

  JsonOutput& out_;
  const EnterpriseGraph& graph_;
  const GapReport& report_;
};

}  // namespace liantu
