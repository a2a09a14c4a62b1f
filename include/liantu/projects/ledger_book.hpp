#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/projects/fact.hpp"
#include "liantu/projects/stage.hpp"

namespace LIANTU_API liantu {

/// Number of a row of the ledger, by which people name it; from 1, never used twice.
enum class LedgerRow : std::int64_t {};

/// The document that proves a stage.
struct StageEvidence {
  std::string name;    ///< of its file
  std::string sha256;  ///< of its bytes, 64 hexadecimal digits; empty when nobody stated it

  friend bool operator==(const StageEvidence&, const StageEvidence&) = default;
};

/// Who wrote rows into the ledger, and when.
struct LedgerEntry {
  std::string recorded_at;  ///< local time: 2025-03-01T09:12:33+08:00
  std::string recorded_by;
  std::string source;  ///< `add`, or the workbook that it was imported from

  [[nodiscard]] Date day() const;
};

/// A subject reached a stage.
struct StageChange {
  LedgerRow row{0};
  LedgerStage stage = LedgerStage::ToContact;
  Date day;  ///< on which it happened
  std::string person;
  std::string reason;  ///< of an end
  StageEvidence evidence;
  std::string remark;
  std::size_t entry = 0;  ///< index into LedgerBook::entries
};

/// A value that held from a day on.
struct Fact {
  LedgerRow row{0};
  FactKey key = FactKey::Remark;
  Date day;
  FactValue value;
  std::size_t entry = 0;
};

/// A contact, a project or a team with its history.
struct Subject {
  SubjectKind kind = SubjectKind::Contact;
  std::string key;  ///< code of a project; credit code of a contact, else its name; name of a team
  std::string name;
  std::string firm;                 ///< that signed a project; a contact's own name
  std::string code;                 ///< credit code of the firm; empty when not known
  std::vector<StageChange> stages;  ///< by day, then by row
  std::vector<Fact> facts;          ///< by day, then by row
};

/// What a ledger says, as of a day.
struct LedgerBook {
  std::string district;
  Date as_of;     ///< what happened later is left out; not known: nothing is
  Date known_on;  ///< what was recorded later is left out; not known: nothing is
  std::vector<LedgerEntry> entries;
  std::vector<Subject> subjects;  ///< by kind, then in the order in which they came in
  std::size_t rows = 0;           ///< of stages and facts
  std::size_t withdrawn = 0;      ///< rows that were withdrawn, which count nowhere else
};

/// The stage that a subject stands in at the end of a day: the latest by day, then by row.
///
/// @param until  Not known: no end.
/// @return       Null before the first.
[[nodiscard]] const StageChange* stage_at(const Subject& subject, Date until = {});
/// When a subject first reached a stage; null when it has not.
[[nodiscard]] const StageChange* reached(const Subject& subject, LedgerStage stage,
                                         Date until = {});
/// The latest value of a fact.
[[nodiscard]] const Fact* fact_at(const Subject& subject, FactKey key, Date until = {});
[[nodiscard]] std::optional<double> number_at(const Subject& subject, FactKey key, Date until = {});
[[nodiscard]] bool flag_at(const Subject& subject, FactKey key, Date until = {});
/// Empty when it was never stated.
[[nodiscard]] std::string_view words_at(const Subject& subject, FactKey key, Date until = {});
[[nodiscard]] Date day_at(const Subject& subject, FactKey key, Date until = {});
/// The subject of a kind and key, or null.
[[nodiscard]] const Subject* find_subject(const LedgerBook& book, SubjectKind kind,
                                          std::string_view key);

/// Whether a day is known to the day.
[[nodiscard]] bool is_day(Date date);
/// The last day that a date may mean: 2025-06 is 2025-06-30.
[[nodiscard]] Date last_day(Date date);
/// Days from one day to another, negative when it lies before. Both known to the day.
[[nodiscard]] std::int64_t days_between(Date from, Date to);
/// The day so many days later. Known to the day.
[[nodiscard]] Date add_days(Date day, std::int64_t days);

/// A quarter of a year.
struct Quarter {
  std::int16_t year = 0;
  std::uint8_t number = 1;  ///< 1..4

  [[nodiscard]] Date first() const;
  [[nodiscard]] Date last() const;
  [[nodiscard]] Quarter before() const;
  /// `2025Q1`
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const Quarter&, const Quarter&) = default;
};

/// Reads `2025Q1`, `2025q1`, `2025年第一季度`, `2025年1季度`; nothing when it is none.
[[nodiscard]] std::optional<Quarter> parse_quarter(std::string_view text);
/// `first quarter of 2025`, `2025年第1季度`
[[nodiscard]] Text quarter_text(Quarter quarter);

}  // namespace liantu
