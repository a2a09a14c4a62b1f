#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Ways to be introduced, see IntroductionChannel.
inline constexpr std::size_t kIntroductionChannels = 7;

/// What the steps of an introduction cost and how many calls an introducer makes. The costs of the
/// steps of a way add up; the cheapest way is asked first. With equal strength, age and confidence a
/// shared executive comes before a shared owner, then equity, a contact of a leader, a task force or a
/// department, supply, cooperation, chamber, alumni and the stationed office.
struct IntroductionRules {
  double serves = 0.25;      ///< between a person and a firm that they serve
  double person_owns = 0.3;  ///< between a person and a firm that they own a part of
  double firm_owns = 0.7;    ///< between two firms, one of which owns a part of the other
  double supplies = 1.5;
  double cooperates = 2;
  double chamber = 1.25;  ///< between a member and its organization
  double alumni = 1.4;    ///< the same where the organization's type says alumni (校友)
  double leader = 1;      ///< between a leader of the district and a firm or person that they know
  double task_force = 1.1;  ///< between a task force of the district and whom it knows
  double department = 1.2;  ///< between a department or town of the district and whom it knows
  double office = 4;        ///< from an organization to a firm in a region that it covers

  double weak = 0.5;           ///< how much dearer, as a part of itself, a step without strength is
  double strong_equity = 0.5;  ///< share of equity from which `owns` is as strong as can be; (0, 1]
  double strong_supply =
      0.2;             ///< share of the customer's purchases from which `supplies` is; (0, 1]
  double doubt = 1;    ///< how much dearer a step of confidence 0 is
  double year = 0.05;  ///< how much dearer a step is for every year since it was observed
  int years = 10;      ///< most years that count; 0..100

  std::uint32_t hub_ends = 50;  ///< ends from which somebody on the way is a hub, and is said to be
  double hub = 1;               ///< added for a hub, times ln(ends / hub_ends)
  double dearest = 5;           ///< ways that cost more are none; (0, 1000]

  /// Most firms that one introducer calls for a list, by IntroductionChannel.
  std::array<std::uint32_t, kIntroductionChannels> calls = {3, 10, 10, 20, 2, 20, 5};

  friend bool operator==(const IntroductionRules&, const IntroductionRules&) = default;
};

/// Sees that the rules are well formed.
/// @throws Error{InvalidArgument}, naming the member, if a cost is negative or not finite, a share or
///         `years` lies outside its range, `hub_ends` is 0, or `dearest` lies outside its range.
void check_introduction_rules(const IntroductionRules& costs);

/// Who makes the call.
enum class IntroductionChannel : std::uint8_t {
  LandedFirm,  ///< a firm of the district (以商招商)
  Chamber,     ///< an organization that both ends belong to, or that covers the firm's region
  Alumni,      ///< the same of an alumni association
  Office,      ///< an office stationed in the firm's region (驻点招商)
  Leader,      ///< a leader of the district, who knows the firm or somebody on the way (区领导)
  TaskForce,   ///< a task force of the district (专班), likewise
  Department,  ///< a department or town of the district (部门、镇街), likewise
};

/// All channels, in the order of their numbers.
[[nodiscard]] std::span<const IntroductionChannel> introduction_channels();
/// `landed_firm`, `chamber`, `alumni`, `office`, `leader`, `task_force`, `department`.
[[nodiscard]] std::string_view channel_word(IntroductionChannel channel);
/// Its name for people: 落地企业, 商会, 校友会, 驻点办, 区领导, 专班, 部门镇街.
[[nodiscard]] Text channel_text(IntroductionChannel channel);
/// What an organization introduces as, by its type; nothing for parks, which know firms by being near
/// them at most. A leader is entered as an organization of a type such as 区领导, a task force as 专班, a
/// department or town as 部门 or 镇街: their members are those that they know.
[[nodiscard]] std::optional<IntroductionChannel> channel_of(const EnterpriseGraph& graph,
                                                            OrganizationId organization);

/// One step of a way.
struct IntroductionStep {
  EntityId from{0};  ///< nearer to the district
  EntityId to{0};
  std::optional<RelationKind> relation;  ///< nothing: an organization covers the firm's region
  EdgeId edge{0};  ///< of the relation; leads from `to` to `from` if `backward`
  bool backward = false;
  double cost = 0;

  friend bool operator==(const IntroductionStep&, const IntroductionStep&) = default;
};

/// Whether those who make a call by a channel belong to the district's government and know whom they
/// call: a leader, a task force, a department or town.
[[nodiscard]] bool knows_members(IntroductionChannel channel);

/// A way by which a firm outside can be met: from a firm or leader of the district, or an office that
/// covers its region, step by step to the firm.
struct Introduction {
  std::vector<IntroductionStep> steps;  ///< from the district outward; never empty
  double cost = 0;                      ///< sum of the steps, and of the hubs on the way
  IntroductionChannel channel = IntroductionChannel::LandedFirm;
  EntityId introducer{0};      ///< who makes the call: the first firm, or the organization
  std::vector<EntityId> hubs;  ///< who on the way has IntroductionRules::hub_ends ends or more
};

/// How many firms ways are asked to.
enum class FirmsAsked : std::uint8_t {
  Many,  ///< the cheapest ways from the district are found at once, and lead every search
  Few,   ///< nothing is found before it is asked: for some rows of a list over a large graph
};

/// Options of IntroductionFinder.
struct IntroductionOptions {
  IntroductionRules rules;
  FirmsAsked firms = FirmsAsked::Many;
  std::uint64_t looks = 0;  ///< most relations that the search for one way looks at before it gives
                            ///< up; 0 = any number
  std::stop_token stop;     ///< asks a long run to end early
};

/// Finds who can introduce a district to firms outside (以商招商). Where many firms are asked, all
/// searches share one tree of cheapest ways from the district's firms, grown once. What ended before
/// the data's date, and a firm struck off the register, carries nobody. Copies share what was found.
/// Safe to use from any number of threads.
class IntroductionFinder {
 public:
  /// @param graph     The graph; kept.
  /// @param district  Whose firms introduce; left-open parts are completed.
  /// @throws Error{InvalidArgument} if a rule is refused or the district's region is unknown;
  ///         Error{NotFound} if it is no division; Error{Cancelled}.
  /// @complexity  O(V), and where many firms are asked O(E log V) for the part of the graph within
  ///              `dearest` of the district.
  IntroductionFinder(const EnterpriseGraph& graph, const District& district,
                     const IntroductionOptions& options = {});

  /// The cheapest ways to a firm without a circle, told apart by who stands on them. No way passes
  /// through a second firm of the district, or through somebody twice.
  ///
  /// @param most  Most ways returned; 1..1000.
  /// @return      Cheapest first; of ways that cost the same to a millionth the order depends on the
  ///              names on them alone. Empty when there is none, or the firm stands in the district.
  /// @throws Error{InvalidArgument} if `most` is out of range; Error{Cancelled}.
  /// @complexity  O(most · L) short searches, each led by the tree; L steps of a way.
  /// @source      Yen (1971), doi:10.1287/mnsc.17.11.712; Lawler (1972), doi:10.1287/mnsc.18.7.401;
  ///              Hart, Nilsson, Raphael (1968), doi:10.1109/TSSC.1968.300136, for the search that the
  ///              tree leads.
  [[nodiscard]] std::vector<Introduction> ways(FirmId firm, std::size_t most) const;

 private:
  struct Body;
  std::shared_ptr<const Body> body_;
};

}  // namespace liantu
