#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/links/learning/link_scorecard.hpp"
#include "liantu/links/paths/relation_path.hpp"
#include "liantu/prospects/introductions.hpp"

namespace LIANTU_API liantu {

/// What a part of the score looks at. Each is brought to [0, 1]; 1 is best.
enum class ScorePartKind : std::uint8_t {
  GapSeverity,  ///< worst gap it fills: missing 1, weak 0.7, hidden 0.5, extension 0.4, times the
                ///< gap's confidence
  Purchases,    ///< Prospect::purchases, against the largest leakage of all gaps (log
                ///< scale)
  Anchors,      ///< share of the district's anchors that need what it makes
  Breadth,      ///< number of gaps it fills, saturating
  Proximity,    ///< what joins it with the district's firms: supply, ownership, cooperation,
  ///< membership of one organization, instances of Policy::proximity_path to the anchor
  ///< where they weigh most. What a step is divided by there counts the neighbours
  ///< through which no way leads from the prospect to any anchor, plus two: a row that
  ///< speaks for the prospect must not count against it, as it does in a plain degree,
  ///< where a weak supporter can cost the strong ones more than it brings. Nor do stated
  ///< purchases of what fills a gap that the prospect fills count there
  Fit,       ///< how surely it makes what fills a gap: share of revenue and confidence of its
             ///< present statements, at their best
  Scale,     ///< revenue, else registered capital (log scale)
  Quality,   ///< tags (listed, 专精特新, 高企 …)
  Distance,  ///< how near it stands: all where it has a firm or a branch in the province, else less
  ///< the farther the seats of the provinces lie apart; more where what it makes is heavy
  ///< for its worth (Policy::heavy). Unknown where its place is
  Propensity,  ///< how far what it opened elsewhere, and who came here, speak for its coming:
               ///< FirmPropensity::value. Counts only where arrivals are given; unknown for a firm
               ///< of which neither a home nor an arrival is
};
inline constexpr std::size_t kPartCount = 10;

/// `gap_severity`, `purchases`, …
[[nodiscard]] std::string_view part_word(ScorePartKind part);
/// Its name for people.
[[nodiscard]] Text part_text(ScorePartKind part);

/// What a ScreeningRule looks at.
enum class ScreenOn : std::uint8_t {
  Words,     ///< a text of the firm: ScreeningRule::field
  Segment,   ///< what would fill the gap, or a segment above it, by name
  Industry,  ///< its industry, by codes of GB/T 4754: `C301` holds C3011, too
  Chain,     ///< a chain that the gap's segment belongs to, by name
  Size,      ///< revenue, else registered capital, as far as one is known
  Distance,  ///< kilometres between the seats of the provinces, as far as the firm's place is known
};

/// A rule that keeps a firm off the list, with the reason that is printed. One on a segment, an
/// industry or a chain keeps firms from filling a gap; who fills no other one is off the list.
struct ScreeningRule {
  EntityText field = EntityText::Risks;  ///< text it looks at: risks, tags, status, type, scope;
                                         ///< of ScreenOn::Words
  std::vector<std::string> any_of;       ///< fires when what it looks at contains one of them, an
                                         ///< industry when it begins with one
  Text reason;
  ScreenOn on = ScreenOn::Words;
  std::vector<std::string> none_of;  ///< … unless it contains one of these, too
  double below_cny = 0;              ///< of Size: fires below it; > 0
  double beyond_km = 0;              ///< of Distance: fires beyond it; > 0
  std::string source;  ///< the document that the rule is taken from, printed behind the reason; may
                       ///< be empty

  friend bool operator==(const ScreeningRule&, const ScreeningRule&) = default;
};

/// Weight of a tag in ScorePartKind::Quality.
struct TagValue {
  std::string tag;
  double value = 0;  ///< [0, 1]; the best tag of a firm counts

  friend bool operator==(const TagValue&, const TagValue&) = default;
};

/// A relation path by the name that a user gives it.
struct UserPath {
  std::string name;
  std::string path;  ///< text of steps or the name of a known path, see parse_path()

  friend bool operator==(const UserPath&, const UserPath&) = default;
};

/// A scorecard as data: monotone, readable by a leader.
struct Policy {
  std::string name;  ///< printed with every list
  /// Points for each ScorePartKind in its order; kPartCount of them, ≥ 0. All but
  /// ScorePartKind::Propensity sum to 100; where arrivals are given, that part takes its points, at
  /// most 100, from all others in proportion, see part_weights().
  std::vector<double> weights;
  double grade_a = 60;           ///< score from which a prospect is graded A; [0, 100]
  double grade_b = 40;           ///< … and B; [0, grade_a]
  double scale_low_cny = 1e7;    ///< size that earns nothing in ScorePartKind::Scale; > 0
  double scale_high_cny = 1e10;  ///< size that earns all of it; > scale_low_cny
  double main_share = 0.2;  ///< a product with a smaller stated share of revenue is no reason to
                            ///< call; [0, 1]
  /// From where on nothing is earned in ScorePartKind::Distance; > 0.
  double distance_far_km = 2500;
  std::vector<std::string> heavy;  ///< codes of GB/T 4754 of what is heavy for its worth, so that a
      ///< maker from afar pays to send it: adds to ScorePartKind::Distance
  std::vector<ScreeningRule> screens;
  std::vector<TagValue> tags;
  std::vector<UserPath> paths;
  std::string proximity_path = "directed_l3";  ///< from a prospect to an anchor, in
                                               ///< ScorePartKind::Proximity: one of `paths` or what
                                               ///< parse_path() reads
  LinkScorecard links = default_link_scorecard();  ///< ranks missing links in a backtest, method
                                                   ///< `scorecard`; no part of the score
  double draw_concentration = 100;  ///< how closely drawn weights lie about `weights`: the sum of
                                    ///< the Dirichlet distribution's parameters; (0, 1e6]. Of 100 a
                                    ///< weight of 20 has a standard deviation of 4; no part of the
                                    ///< score
  IntroductionRules introductions;  ///< who introduces the district to a prospect; no part of the
                                    ///< score

  friend bool operator==(const Policy&, const Policy&) = default;
};

/// The policy used when none is given.
[[nodiscard]] Policy default_policy();

/// Sees that a policy is well formed.
///
/// @throws Error{InvalidArgument}, naming the member, unless there are kPartCount weights, none
///         negative, of which all but that of ScorePartKind::Propensity, at most 100, sum to 100,
///         the thresholds stand in order, every screen has a field it may look at, words none of
///         which is empty or a bound above 0, and a reason in both languages, shares and distances
///         lie in their ranges, every code of `heavy` is one of GB/T 4754, every tag's value lies
///         in [0, 1], `draw_concentration` in its range, every path can be read and its name is
///         not empty nor that of a known path, the path of ScorePartKind::Proximity leads from
///         firms to firms and can be walked from its other end, `links` names a feature and passes
///         check_link_scorecard(), and
///         `introductions` passes check_introduction_rules().
void check_policy(const Policy& policy);

/// What each part can earn, in sum 100: where arrivals are given, Policy::weights with the points of
/// ScorePartKind::Propensity taken from all others in proportion, else those of the others alone.
[[nodiscard]] std::array<double, kPartCount> part_weights(const Policy& policy, bool arrivals);

/// The path of ScorePartKind::Proximity.
/// @throws Error{InvalidArgument} if it cannot be read.
[[nodiscard]] RelationPath proximity_path(const Policy& policy);

/// Reads a policy file (JSON). Members left out keep the default's value; where `weights` are
/// given, parts left out of them have 0.
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData} with file:line:column if it is no JSON, has an unknown member, or the
///         policy is not well formed (see check_policy()).
/// @complexity  Linear in the text.
[[nodiscard]] Policy parse_policy(std::string_view text, const std::string& file);

/// Reads a file of rules (JSON): `screens` as in a policy, which stand behind those of a policy, and
/// `source`, the document that they are taken from.
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData} with file:line:column if it is no JSON, has an unknown member or no
///         screen, or a screen is not well formed (see check_policy()).
/// @complexity  Linear in the text.
[[nodiscard]] std::vector<ScreeningRule> parse_rules(std::string_view text,
                                                     const std::string& file);

/// The policy as JSON that parse_policy() reads back.
/// @throws Error{InvalidArgument} if it is not well formed (see check_policy()).
[[nodiscard]] std::string policy_json(const Policy& policy);

}  // namespace liantu
