#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/hash_map.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/drawings/chain_board.hpp"
#include "report/drawings/paint.hpp"
#include "report/words/words.hpp"

namespace liantu {

inline constexpr std::array kStages = {Stage::Upstream, Stage::Midstream, Stage::Downstream,
                                       Stage::Apart};
inline constexpr std::array kPresences = {Presence::Made, Presence::Partly, Presence::None};
/// Of a segment that nobody here needs or makes.
inline constexpr Paint kIdle{"#FFFFFF", "#757575"};

/// The same words with more names and with fewer; the first that fits is drawn.
using Variants = std::vector<std::string>;

/// A segment on the board.
struct Card {
  const ChainSegment* segment = nullptr;
  Paint paint;
  std::string name;
  std::string status;
  std::vector<Variants> facts;
  std::string title;
};

/// What a chain board says, whatever it is drawn with.
class BoardContent {
 public:
  /// @param graph, report, tree  Live longer.
  BoardContent(const EnterpriseGraph& graph, const GapReport& report, const ChainTree& tree,
               const BoardOptions& options);

  [[nodiscard]] const std::vector<Card>& cards() const { return cards_; }
  /// Whether an input is among the largest of what a product needs of the chain.
  [[nodiscard]] bool large(const ChainNeed& need) const;
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] const std::string& run() const { return run_; }
  [[nodiscard]] bool chinese() const { return language_ == Language::Zh; }
  [[nodiscard]] const std::string& say(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string stage_heading(Stage stage, std::size_t segments) const;
  /// What signs and words on the cards mean.
  [[nodiscard]] std::string remarks() const;
  /// How the stages came about, where who needs whom does not tell.
  [[nodiscard]] std::vector<std::string> stage_notes() const;

 private:
  static constexpr std::size_t kFirms = 3;
  // What is named on a card, at most `most` of it, and more in its title.
  struct Listed {
    Text label;
    Counter counter = Counter::Firms;
    std::size_t most = kFirms;
    std::size_t total = 0;  // when the names are only the first
  };

  void collect_needs();
  template <typename... Args>
  [[nodiscard]] std::string write(std::string_view en, std::string_view zh,
                                  const Args&... args) const;
  [[nodiscard]] std::string name(EntityId entity) const;
  [[nodiscard]] std::string firm_name(FirmId firm) const;
  [[nodiscard]] std::string need(const Gap& gap) const;
  void add_names(Card& card, std::vector<std::string>& whole, const Listed& listed,
                 const std::vector<std::string>& names) const;
  void add_segments(Card& card, std::vector<std::string>& whole, const Text& label,
                    const HashMap<std::uint32_t, std::vector<SegmentId>>& of) const;
  [[nodiscard]] Card card(const ChainSegment& one) const;
  [[nodiscard]] std::size_t anchors_concerned() const;
  void heading(const RunInfo& run);

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ChainTree& tree_;
  Language language_;
  HashMap<std::uint32_t, const Gap*> gap_of_;
  HashMap<std::uint32_t, std::vector<SegmentId>> inputs_;  // of the chain, by product
  HashMap<std::uint32_t, std::vector<SegmentId>> uses_;    // in the chain, by input
  std::vector<Card> cards_;
  std::string title_;
  std::vector<std::string> notes_;
  std::string run_;
};

}  // namespace liantu
