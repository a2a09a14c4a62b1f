#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// `prospect`, `unlocated`, `expansion`, `screened`: the word machines read.
[[nodiscard]] std::string_view status_word(ProspectStatus status);
/// The word people read.
[[nodiscard]] Text status_text(ProspectStatus status);

/// `low_coverage`, `single_maker`, `makers_at_risk`.
[[nodiscard]] std::string_view weak_word(WeakReason reason);
[[nodiscard]] Text weak_text(WeakReason reason);

/// `given`, `column`, `largest_output`, `estimated_output`, `largest_capital`, `none`.
[[nodiscard]] std::string_view anchor_basis_word(AnchorBasis basis);

/// `note`, `warning`, `error`.
[[nodiscard]] std::string_view severity_word(Severity severity);
[[nodiscard]] Text severity_text(Severity severity);

/// What is not known, for people; the word itself when it has no other name.
[[nodiscard]] Text unknown_text(std::string_view word);

/// What a policy is called: that of the program has no name of its own.
[[nodiscard]] Text policy_text(const std::string& name);

/// What names in a list are counted in when the list is cut: 家 for firms, 个环节 for segments.
enum class Counter : std::uint8_t { Firms, Segments, Things };

/// The first names, then how many there are: `甲、乙等5家`, `A, B and 3 more`.
/// @param total  How many there are when `names` are only the first of them, else 0.
[[nodiscard]] std::string join_names(const std::vector<std::string>& names, std::size_t shown,
                                     Counter counter, Language language, std::size_t total = 0);

/// All words with the comma of the language between them.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words, Language language);

/// A number without an exponent, in as few digits as read back to the same value; empty when it is
/// not finite. Never depends on the locale.
[[nodiscard]] std::string plain_number(double value);
/// Of an amount what stands in a list: hundredths, since sums carry noise of the binary fractions far
/// below them. Beyond 10^13 there are none, and what is not finite stays as it is.
[[nodiscard]] double in_hundredths(double amount);

/// A confidence to two digits, as it is kept in steps of 1/255; below 1 at most 0.99, so that what
/// is nearly sure does not look sure.
[[nodiscard]] double printed_confidence(double value);

/// An amount under a heading that names the currency: `3.2亿`, `320 m`.
[[nodiscard]] std::string compact_money(double cny, Language language);

/// An amount under such a heading with what it rests on: `3.2亿（估算）`, `320 m (estimated)`.
[[nodiscard]] std::string money_with_basis(const Figure& figure, Language language);

/// Whether an amount names its currency or stands under a heading that does.
enum class Currency : std::uint8_t { Named, InHeading };

/// What is known of a gap's leakage: `3.2亿–4亿`, one amount when both ends agree, `≤ 4亿` or
/// `≥ 3.2亿` when one is not known; `4亿以上` for an upper end that needs of unknown amount may
/// raise. Empty when nothing is known, or nothing but "0 or more".
[[nodiscard]] std::string leakage_text(const GapFigures& gap, Currency currency, Language language);

/// A probability in per cent: `12.30%`.
[[nodiscard]] std::string probability_text(double probability);

/// What adds up to a link's margin: the five strongest features, the others together, the bias.
[[nodiscard]] std::string contributions_text(const LearnedLink& link, Language language);

/// `gaps: 10 of 64`; the bare number when all are there.
[[nodiscard]] Text shown_of(const Text& what, std::size_t shown, std::size_t all,
                            std::string_view counter);

/// `outputs of local firms that are estimated: 41, 200000 CNY per head of staff, makers of 汽车;
/// source: yearbook`.
[[nodiscard]] Text factor_text(const EnterpriseGraph& graph, const FactorUse& use);

/// Said behind the name of a newcomer: ` (assumed)`, `（假设）`; nothing for a firm of the graph.
[[nodiscard]] std::string_view newcomer_mark(const EnterpriseGraph& graph, FirmId firm,
                                             Language language);

/// The data that a part of the score waits for: `relations`, `revenue or registered capital`.
[[nodiscard]] Text part_data_text(ScorePartKind part);

/// A firm's name as people call it: without 有限公司 and the like, unless nothing else is left.
[[nodiscard]] std::string_view without_legal_form(std::string_view name);

/// Where a fact is told: `任职.csv!3`, `企业.xlsx#规上企业!17`; a citation where there is no file;
/// empty when nothing is known.
[[nodiscard]] std::string source_row(const EnterpriseGraph& graph, const Provenance& provenance);

/// The text itself, or with U+FFFD for every byte that is no UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace liantu
