#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/string_map.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/ingest/cells/confirmations.hpp"

namespace liantu {

/// What a person is asked about names, and what he has answered before.
class NameQuestions {
 public:
  explicit NameQuestions(std::vector<NameQuestion> before);

  /// All rows of the workbook read.
  [[nodiscard]] const std::vector<NameQuestion>& before() const { return before_; }
  /// What was answered of a name and a firm; Open when nothing was.
  [[nodiscard]] Confirmed answered(std::string_view written, std::string_view firm) const;

  /// Asks whether a name means a firm, once for each pair, unless that is answered.
  void ask(std::string_view written, const InputPlace& where, std::uint32_t firm,
           std::string_view firm_name, double score);

  /// Questions still open, the likeliest first as they were asked, then all that are answered.
  [[nodiscard]] std::vector<NameQuestion> all(const EnterpriseGraph& graph) const;

 private:
  struct OpenQuestion {
    std::string written;
    std::string where;
    std::uint32_t firm;
    double score;
  };
  static std::string key(std::string_view written, std::string_view firm);

  std::vector<NameQuestion> before_;
  StringMap<Confirmed> answers_;
  StringMap<bool> known_;  // pairs that are asked
  std::vector<OpenQuestion> asked_;
};

}  // namespace liantu
