#include "liantu/graph/views/relation_filter.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/values/confidence.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

/// The last day a date may mean; as a date sorts, what is not known comes first.
Date last_day(Date date) {
  constexpr std::uint8_t kLastMonth = 12;
  constexpr std::uint8_t kLastDay = 31;
  if (date.month == 0) date.month = kLastMonth;
  if (date.day == 0) date.day = kLastDay;
  return date;
}

bool held(const Provenance& p, const RelationFilter& filter) {
  const Date begin = p.since.known() ? p.since : p.as_of.known() ? p.as_of : p.until;
  const Date end = p.until.known() ? p.until : p.as_of;
  if (!begin.known()) return filter.undated == Undated::Keep;
  if (filter.to.known() && begin > last_day(filter.to)) return false;
  return !end.known() || last_day(end) >= filter.from;
}

const RelationFilter& checked(const RelationFilter& filter) {
  if (!(filter.min_confidence >= 0 && filter.min_confidence <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("the least confidence {} is outside [0, 1]", filter.min_confidence),
                 fmt::format("最低置信度 {} 不在 0 到 1 之间", filter.min_confidence)});
  }
  if (filter.to.known() && filter.from > last_day(filter.to)) {
    const std::string from = filter.from.to_string();
    const std::string to = filter.to.to_string();
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("the first day {} is after the last day {}; swap them", from, to),
                 fmt::format("起始日期 {} 晚于截止日期 {}；请对调", from, to)});
  }
  return filter;
}

}  // namespace

FilteredRelation::FilteredRelation(const Relation& relation, RelationFilter filter)
    : FilteredRelation(relation, std::make_shared<const RelationFilter>(std::move(filter))) {}

FilteredRelation::FilteredRelation(const Relation& relation,
                                   std::shared_ptr<const RelationFilter> filter)
    : relation_(relation), filter_(std::move(filter)) {
  const RelationFilter& asked = checked(*filter_);
  asks_dates_ = asked.from.known() || asked.to.known();
}

bool FilteredRelation::keeps(EntityId one, EntityId other, EdgeId edge) const noexcept {
  const RelationFilter& filter = *filter_;
  if (filter.within && !(filter.within->contains(one) && filter.within->contains(other))) {
    return false;
  }
  if (filter.segment && relation_.segment(edge) != filter.segment) return false;
  if (!asks_dates_ && filter.min_confidence <= 0) return true;
  const Provenance provenance = relation_.provenance(edge);
  return reaches(provenance.confidence, filter.min_confidence) &&
         (!asks_dates_ || held(provenance, filter));
}

}  // namespace liantu
