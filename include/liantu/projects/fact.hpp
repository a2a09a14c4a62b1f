#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/projects/stage.hpp"

namespace LIANTU_API liantu {

/// What a ledger knows of its subjects beside their stages. A later value does not replace an earlier
/// one but follows it.
enum class FactKey : std::uint8_t {
  CreditCode,
  Team,          ///< in charge
  Person,        ///< in charge, an official
  Industry,      ///< chain that it belongs to
  Investment,    ///< planned in total, CNY
  FundsInPlace,  ///< in sum so far, CNY
  OutputPlanned,
  OutputReal,
  TaxPlanned,
  TaxReal,
  JobsPlanned,
  JobsReal,
  Outside,     ///< whether the investor comes from outside the province
  OnChain,     ///< whether it belongs to a chain of the district
  Fortune500,  ///< whether the investor is one of these
  PlannedStarted,
  PlannedBuilt,
  PlannedProducing,
  PlannedEffective,
  NextStep,
  Deadline,  ///< of the next step
  Remark,
  ContactPerson,  ///< at the firm: personal
  ContactPhone,   ///< personal
  Falsified,      ///< what an inspection found to be untrue, each time
  LeaderVisit,    ///< visits of a leader asked for; events of a team
  PromotionEvent,
  EffectiveLead,
  RatingCarrier,  ///< by the carrier (承载地), 0 to 100; of a team
  RatingTeam,     ///< by the task force's own superior, 0 to 100
};
inline constexpr std::size_t kFactKeys = 30;

/// What a fact's value is.
enum class FactType : std::uint8_t {
  Words,
  Money,   ///< CNY
  Number,  ///< 0 or more
  Flag,    ///< yes or no
  Day,
  Event,  ///< a number of times, added up over a time instead of the latest one counting
};

/// One row of the table of facts; columns, headings, checks and options all read it.
struct FactField {
  FactKey key = FactKey::Remark;
  std::string_view word;  ///< stable, for machines: `investment`
  Text heading;           ///< without its unit
  FactType type = FactType::Words;
  std::string_view others;  ///< headings in use, too, each between two blanks
  bool contact = false;     ///< of which kinds of subject
  bool project = false;
  bool team = false;
  bool personal = false;                            ///< leaves the ledger only when asked for
  std::optional<LedgerStage> plans = std::nullopt;  ///< the stage whose planned day it is
  double most = 0;                                  ///< largest number; 0 = any
  /// Whether it is told anew each time, such as an event or a quarter's rating: the same value of
  /// another day is another row.
  bool each_time = false;
};

/// All facts in the order of FactKey.
[[nodiscard]] std::span<const FactField> fact_fields();
[[nodiscard]] const FactField& fact_field(FactKey key);
[[nodiscard]] bool belongs_to(const FactField& field, SubjectKind kind);
/// The fact that a heading or a word names, without its unit; nothing when it is none.
[[nodiscard]] const FactField* find_fact(std::string_view heading);
/// The fact that states when a stage is planned to be reached.
[[nodiscard]] const FactField* plan_of(LedgerStage stage);

/// Value of a fact.
struct FactValue {
  double number = 0;  ///< CNY, number, 1 or 0 of a flag, times of an event
  std::string text;   ///< of words
  Date day;           ///< of a day

  friend bool operator==(const FactValue&, const FactValue&) = default;
};

/// Reads a value as tables and people write it: 2.5亿, 2025年6月, 是, 300.
///
/// @param unit  What a number without a unit is multiplied by, of money: 1e4 under 万元.
/// @param why   What is wrong with it when it is none.
/// @return      Nothing when it is none.
[[nodiscard]] std::optional<FactValue> parse_fact(const FactField& field, std::string_view text,
                                                  double unit, Text& why);

/// The value as it is read back by parse_fact().
[[nodiscard]] std::string fact_text(const FactField& field, const FactValue& value,
                                    Language language);

}  // namespace liantu
