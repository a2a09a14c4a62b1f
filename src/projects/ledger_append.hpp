#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "liantu/projects/ledger.hpp"
#include "projects/ledger_database.hpp"

namespace liantu {

/// Puts the rows of a subject into the order of LedgerBook.
void arrange_history(Subject& subject);

/// What is to be written: subjects that are new, and rows of any.
struct AppendPlan {
  struct Row {
    std::size_t subject = 0;  ///< index into `subjects`
    Date day;
    std::optional<StageChange> stage;
    std::optional<std::pair<FactKey, FactValue>> fact;
  };
  std::vector<Subject> subjects;  ///< those of the book, then the new ones
  std::size_t known = 0;          ///< how many of them are in the book
  std::vector<Row> rows;
  AppendResult result;
};

/// Decides which lines are written, against what the ledger says already. Knows no database.
class LedgerAppender {
 public:
  LedgerAppender(const LedgerBook& book, const LedgerEntry& entry);
  [[nodiscard]] AppendPlan plan(std::vector<LedgerLine> lines);

 private:
  /// What is wrong with a line; empty when nothing is.
  struct Fault {
    std::string kind;
    std::string value;
    Text what;
    Text remedy;
  };
  std::size_t subject_of(LedgerLine& line, std::optional<Fault>& fault);
  static std::optional<Fault> find_text_fault(const LedgerLine& line);
  std::optional<Fault> find_fault(const Subject& subject, const LedgerLine& line) const;
  std::optional<Fault> find_stage_fault(const Subject& subject, const LedgerLine& line) const;
  static std::optional<Fault> find_plan_fault(const Subject& subject, const LedgerLine& line);
  [[nodiscard]] static bool says_nothing_new(const Subject& subject, const LedgerLine& line);
  void take(std::size_t subject, const LedgerLine& line);
  void leave_out(const LedgerLine& line, Fault fault);

  Date today_;
  AppendPlan plan_;
  std::map<std::pair<SubjectKind, std::string>, std::size_t> by_key_;
  std::map<std::string, std::size_t> contacts_by_code_;
  std::map<std::string, std::size_t> contacts_by_name_;
};

/// Writes what was decided, within a LedgerTransaction.
AppendResult write_plan(const LedgerDatabase& database, const LedgerEntry& entry,
                        const AppendPlan& plan);
std::int64_t write_entry(const LedgerDatabase& database, const LedgerEntry& entry);

}  // namespace liantu
