#include "links/paths/walker.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

namespace liantu {

namespace {

/// Sum of a place that is not ranked: no score brings it above zero.
constexpr double kNever = -std::numeric_limits<double>::max() / 2;

/// More than all rounding of sums, far less than any bound that decides.
constexpr double kSlack = 1e-9;

}  // namespace

Walker::Walker(std::uint32_t size)
    // Touching writes one place beyond the last before it decides whether to keep it.
    : sums_(size, 0.0),
      part_of_(size, 0.0),
      touched_(size + std::size_t{1}),
      marks_((size + std::size_t{63}) / 64, 0) {}

void Walker::start(std::uint32_t source) {
  places_.assign(1, source);
  values_.assign(1, 1.0);
}

void Walker::weigh(const PreparedStep& step) {
  parts_ = values_;
  if (step.factors == nullptr) return;
  for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i] *= step.factors[places_[i]];
}

void Walker::add_rows(const PreparedStep& step, std::size_t first, std::size_t last) {
  constexpr std::size_t kOffsetsAhead = 8;
  constexpr std::size_t kRowsAhead = 4;
  const std::uint64_t* offsets = step.layout->offsets();
  const std::uint32_t* targets = step.layout->targets();
  const double* weights = step.layout->weights();
  double* sums = sums_.data();
  std::uint32_t* touched = touched_.data();
  std::size_t count = touched_count_;
  for (std::size_t i = first; i < last; ++i) {
    if (i + kOffsetsAhead < last) __builtin_prefetch(&offsets[places_[i + kOffsetsAhead]]);
    if (i + kRowsAhead < last) __builtin_prefetch(&targets[offsets[places_[i + kRowsAhead]]]);
    const double part = parts_[i];
    // A part that vanished would leave sums at zero, and their places would be touched again.
    if (part == 0) continue;
    const std::uint64_t end = offsets[places_[i] + std::size_t{1}];
    if (weights != nullptr) {
      for (std::uint64_t k = offsets[places_[i]]; k < end; ++k) {
        const double add = part * weights[k];
        if (add == 0) continue;
        double& sum = sums[targets[k]];
        if (sum == 0) touched[count++] = targets[k];
        sum += add;
      }
      continue;
    }
    for (std::uint64_t k = offsets[places_[i]]; k < end; ++k) {
      const std::uint32_t to = targets[k];
      const double sum = sums[to];
      touched[count] = to;
      count += sum == 0 ? 1 : 0;
      sums[to] = sum + part;
    }
  }
  touched_count_ = count;
}

/// Visits the marked numbers ascending and clears the marks.
template <typename Visit>
void Walker::visit_marks(const Visit& visit) {
  for (std::size_t word = 0; word < marks_.size(); ++word) {
    for (std::uint64_t bits = marks_[word]; bits != 0; bits &= bits - 1) {
      visit(static_cast<std::uint32_t>(word * 64 + static_cast<unsigned>(std::countr_zero(bits))));
    }
    marks_[word] = 0;
  }
}

void Walker::sort_touched() {
  const auto begin = touched_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(touched_count_);
  if (touched_count_ < marks_.size() / 32) {
    std::sort(begin, end);
    return;
  }
  for (auto at = begin; at != end; ++at) marks_[*at / 64] |= std::uint64_t{1} << (*at % 64);
  std::size_t count = 0;
  visit_marks([&](std::uint32_t place) { touched_[count++] = place; });
}

void Walker::advance(const PreparedStep& step) {
  weigh(step);
  touched_count_ = 0;
  add_rows(step, 0, places_.size());
  sort_touched();
  places_.assign(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(touched_count_));
  values_.resize(touched_count_);
  for (std::size_t i = 0; i < touched_count_; ++i) {
    double& sum = sums_[places_[i]];
    values_[i] = sum;
    sum = 0;
  }
}

ScoreRow Walker::whole(const PreparedStep& step, const EntityOrder& order,
                       std::span<const std::uint32_t> excluded) {
  weigh(step);
  touched_count_ = 0;
  for (const std::uint32_t place : excluded) sums_[place] = kNever;
  add_rows(step, 0, places_.size());
  for (std::size_t i = 0; i < touched_count_; ++i) {
    const std::uint32_t id = raw(order.entity(touched_[i]));
    marks_[id / 64] |= std::uint64_t{1} << (id % 64);
  }
  ScoreRow row;
  row.entities.reserve(touched_count_);
  row.scores.reserve(touched_count_);
  visit_marks([&](std::uint32_t id) {
    double& sum = sums_[order.place(EntityId{id})];
    row.entities.push_back(EntityId{id});
    row.scores.push_back(sum);
    sum = 0;
  });
  for (const std::uint32_t place : excluded) sums_[place] = 0;
  return row;
}

/// A score that `most` of the touched places reach, those that lie below `least` not counted; 0
/// when there are fewer.
double Walker::last_of_touched(std::size_t most, double least) {
  scratch_.clear();
  for (std::size_t i = 0; i < touched_count_; ++i) {
    const double sum = sums_[touched_[i]];
    if (sum >= least) scratch_.push_back(sum);
  }
  if (scratch_.size() < most) return 0;
  const auto last = scratch_.begin() + static_cast<std::ptrdiff_t>(most - 1);
  std::nth_element(scratch_.begin(), last, scratch_.end(), std::greater<>());
  return *last;
}

void Walker::offer_touched(Selection& selection) const {
  for (std::size_t i = 0; i < touched_count_; ++i) {
    selection.offer(touched_[i], sums_[touched_[i]]);
  }
}

/// Offers the candidates, their sums completed by what the places from `first` on hand them
/// (`part_of_`).
void Walker::complete_candidates(const PreparedStep& step, std::uint32_t first,
                                 Selection& selection) {
  constexpr std::size_t kOffsetsAhead = 16;
  constexpr std::size_t kRowsAhead = 8;
  const std::uint64_t* offsets = step.turned->offsets();
  const std::uint32_t* sources = step.turned->targets();
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (i + kOffsetsAhead < candidates_.size()) {
      __builtin_prefetch(&offsets[candidates_[i + kOffsetsAhead]]);
    }
    if (i + kRowsAhead < candidates_.size()) {
      __builtin_prefetch(&sources[offsets[candidates_[i + kRowsAhead] + std::size_t{1}] - 1]);
    }
    const std::uint32_t place = candidates_[i];
    const std::span<const std::uint32_t> row = step.turned->row(place);
    std::size_t begin = row.size();
    while (begin > 0 && row[begin - 1] >= first) --begin;
    double sum = sums_[place];
    for (std::size_t k = begin; k < row.size(); ++k) sum += part_of_[row[k]];
    selection.offer(place, sum);
  }
}

/// For few places whose rows grow: as soon as the rows to come cannot lift anybody new among the
/// best, they are not walked any more; they are looked up for those that still may be among them.
void Walker::walk_few(const PreparedStep& step, std::size_t arcs, Selection& selection) {
  constexpr std::size_t kLongRow = 64;
  const std::size_t count = places_.size();
  rest_.resize(count + 1);
  rest_[count] = 0;
  for (std::size_t i = count; i-- > 0;) rest_[i] = rest_[i + 1] + parts_[i];
  std::size_t walked = 0;
  std::size_t look_again = selection.most();
  double last = 0;
  for (; walked < count; ++walked) {
    const std::size_t degree = step.layout->degree(places_[walked]);
    if (degree > kLongRow && touched_count_ >= look_again && arcs > 2 * touched_count_) {
      last = last_of_touched(selection.most(), 0);
      if (last > 2 * rest_[walked]) break;
      look_again = touched_count_ + touched_count_ / 2;
    }
    add_rows(step, walked, walked + 1);
    arcs -= degree;
  }
  if (walked == count) {
    if (touched_count_ > 4 * selection.most()) {
      selection.expect(last_of_touched(selection.most(), 0));
    }
    offer_touched(selection);
    return;
  }
  candidates_.clear();
  selection.expect(last * (1 - kSlack));
  const double least = last * (1 - kSlack) - rest_[walked] * (1 + kSlack);
  for (std::size_t i = 0; i < touched_count_; ++i) {
    if (sums_[touched_[i]] >= least) candidates_.push_back(touched_[i]);
  }
  for (std::size_t i = walked; i < count; ++i) part_of_[places_[i]] = parts_[i];
  complete_candidates(step, places_[walked], selection);
  for (std::size_t i = walked; i < count; ++i) part_of_[places_[i]] = 0;
}

/// For many places: a place of degree d takes at most d times as much as the largest part it is
/// handed. Where that is less than a share of what the last of the best has, the part is not
/// carried there: rows are walked from their end, where the degrees are large, and no further than
/// that. Who could have been lifted among the best by all that was left out is summed anew.
void Walker::walk_many(const PreparedStep& step, Selection& selection) {
  constexpr double kShare = 0.5;
  constexpr std::uint32_t kHubs = 1024;
  const std::uint64_t* offsets = step.layout->offsets();
  const std::uint32_t* targets = step.layout->targets();
  const auto size = static_cast<std::uint32_t>(sums_.size());
  const std::uint32_t hubs = size - std::min(kHubs, size);
  const auto add_down_to = [&](std::size_t i, std::uint32_t least) {
    const std::uint64_t begin = offsets[places_[i]];
    std::uint64_t k = ends_[i];
    for (; k > begin && targets[k - 1] >= least; --k) {
      double& sum = sums_[targets[k - 1]];
      touched_[touched_count_] = targets[k - 1];
      touched_count_ += sum == 0 ? 1 : 0;
      sum += parts_[i];
    }
    ends_[i] = k;
  };

  ends_.resize(places_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    ends_[i] = offsets[places_[i] + std::size_t{1}];
    if (parts_[i] > 0) add_down_to(i, hubs);
  }
  const double seen = last_of_touched(selection.most(), 0);
  const double left_out = seen * kShare;
  std::uint32_t whole = 0;  // sums from this place on miss nothing
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (parts_[i] == 0) continue;
    const std::uint32_t least = std::min(hubs, step.turned->first_of_degree(left_out / parts_[i]));
    whole = std::max(whole, least);
    add_down_to(i, least);
  }

  const double last = std::max(seen, last_of_touched(selection.most(), seen));
  selection.expect(last * (1 - kSlack));
  const double least = last * (1 - kSlack) - left_out * (1 + kSlack);
  candidates_.clear();
  for (std::size_t i = 0; i < touched_count_; ++i) {
    const std::uint32_t place = touched_[i];
    const double sum = sums_[place];
    if (sum < least) continue;
    if (place >= whole) {
      selection.offer(place, sum);
    } else {
      candidates_.push_back(place);
      sums_[place] = 0;
    }
  }
  for (std::size_t i = 0; i < places_.size(); ++i) part_of_[places_[i]] = parts_[i];
  complete_candidates(step, 0, selection);
  for (const std::uint32_t place : places_) part_of_[place] = 0;
}

std::vector<ScoredEntity> Walker::best(const PreparedStep& step, const EntityOrder& order,
                                       std::span<const std::uint32_t> excluded, std::size_t most) {
  constexpr std::size_t kManyArcs = 32768;
  constexpr std::size_t kManyPlaces = 512;
  weigh(step);
  touched_count_ = 0;
  for (const std::uint32_t place : excluded) sums_[place] = kNever;
  Selection selection(order, most);
  std::size_t arcs = 0;
  for (const std::uint32_t place : places_) {
    const std::uint64_t begin = step.layout->offsets()[place];
    arcs += step.layout->offsets()[place + std::size_t{1}] - begin;
    __builtin_prefetch(&step.layout->targets()[begin]);
  }
  if (step.layout->weights() != nullptr) {
    add_rows(step, 0, places_.size());
    offer_touched(selection);
  } else if (arcs >= kManyArcs && places_.size() > kManyPlaces) {
    walk_many(step, selection);
  } else {
    walk_few(step, arcs, selection);
  }
  for (std::size_t i = 0; i < touched_count_; ++i) sums_[touched_[i]] = 0;
  for (const std::uint32_t place : excluded) sums_[place] = 0;
  return selection.take();
}

}  // namespace liantu
