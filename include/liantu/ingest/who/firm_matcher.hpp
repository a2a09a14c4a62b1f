#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// What a name is worth beside the names that are known.
enum class NameVerdict : std::uint8_t {
  Nobody,  ///< no known name is like it
  Ask,     ///< it may be one of the candidates, which a person has to say
  Link,    ///< it is the first candidate
};

/// A known name that another may mean.
struct NameCandidate {
  std::uint32_t name = 0;  ///< index into the names given to FirmMatcher
  double score = 0;        ///< how like, [0, 1]; 1 is the same normalised name

  friend bool operator==(const NameCandidate&, const NameCandidate&) = default;
};

/// What FirmMatcher::match() found.
struct NameMatch {
  NameVerdict verdict = NameVerdict::Nobody;
  std::vector<NameCandidate> candidates;  ///< best first, ties by index; those below
                                          ///< MatchOptions::ask are left out
  std::uint64_t same = 0;  ///< known names that are the same normalised; above 1 is never a Link

  friend bool operator==(const NameMatch&, const NameMatch&) = default;
};

/// Options of FirmMatcher.
struct MatchOptions {
  double link = 0.84;    ///< score from which a name is linked; (0, 1]
  double margin = 0.15;  ///< by which the first candidate must lead the next for a link; [0, 1]
  double ask = 0.60;     ///< score from which a person is asked; (0, link]
  std::size_t most = 5;  ///< candidates returned; 1..64
  std::stop_token stop;  ///< asks a long run to end early
};

/// Finds which of many known firms a name means that is written otherwise: a short name, one with a
/// slip of the pen, cut off, or with its place left out.
///
/// Scores. 1: the same normalised name (see normalize_firm_name()). Else a share of what tells the
/// name: characters of both names are aligned in their order; each weighs by how few known names
/// have it (inverse document frequency), words for places, trades and legal forms less than those
/// of the brand. The score is the weight of the query that is found, less what the known name has
/// besides in its brand. Whatever the words, a query that names another place, or that ends in a
/// legal form and has another brand, stays below `link`: such names are registered side by side.
/// One that names another place and one whose trade is another stay below `ask`.
///
/// A link needs a score of at least `link` and a lead of `margin` over every other name; what is
/// between `ask` and that is for a person.
class FirmMatcher {
 public:
  /// Prepares known names; they need not stay in memory.
  ///
  /// @throws Error{InvalidArgument} if a threshold lies outside its range; Error{Cancelled} when
  ///         stopped; errors of normalize_firm_name().
  /// @complexity  Time and memory linear in the length of the names, some 200 bytes a name.
  explicit FirmMatcher(std::span<const std::string_view> names, const MatchOptions& options = {});
  FirmMatcher(FirmMatcher&&) noexcept;
  FirmMatcher& operator=(FirmMatcher&&) noexcept;
  ~FirmMatcher();

  /// What one name may mean.
  /// @complexity  Bounded, whatever the number of known names: pairs of characters are looked up,
  ///              the rarest first, until two thousand names have been met, of which the likeliest
  ///              32 are aligned.
  [[nodiscard]] NameMatch match(std::string_view name) const;

  /// What one of the known names may mean beside itself: as match(), all names that are the same
  /// normalised left out. Never a Link: what is known of two is more than their names.
  [[nodiscard]] NameMatch others(std::string_view name) const;

  /// What many names may mean, on all threads of the arena it is called in; the same whatever
  /// their number.
  /// @throws Error{Cancelled} when stopped.
  [[nodiscard]] std::vector<NameMatch> match_all(std::span<const std::string_view> names) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

}  // namespace liantu
