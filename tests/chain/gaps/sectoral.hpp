#pragma once

#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu::test {

inline constexpr RegionCode kDadukou{500104};

inline GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = kDadukou;
  return options;
}

/// Sectors of an input-output table. Steel takes .4 of flux, cloth .4 of fibre and .01 of flux; a haulier takes flux, too. Nobody states an
/// output.
struct Sectoral {
  GraphBuilder builder;
  SegmentId ore = sector("熔剂", "C309");
  SegmentId cotton = sector("化纤", "C28");
  SegmentId steel = sector("钢", "C31");
  SegmentId cloth = sector("布", "C17");
  SegmentId freight = sector("货运", "G54");
  SegmentId repair = sector("软件", "I65");

  Sectoral() {
    needs(steel, ore, 0.4);
    needs(steel, repair, 0.2);
    needs(cloth, cotton, 0.4);
    needs(cloth, ore, 0.01);
    needs(freight, ore, 0.3);
  }
  SegmentId sector(const char* name, const char* industry) {
    const SegmentId one{builder.add(EntityKind::Segment, name).local};
    builder.set(one, EntityNumber::OutputShare, {0.2, Basis::Stated});
    builder.set(one, EntityText::Type, "industry");
    builder.set(one, EntityText::Industry, industry);
    return one;
  }
  void needs(SegmentId product, SegmentId input, double coefficient) {
    EdgeAttributes attributes;
    attributes.coefficient = coefficient;
    builder.relate(RelationKind::Requires, product, input, attributes, {});
  }
  FirmId firm(const char* name, double capital, SegmentId made, float confidence = 0.8F,
              const char* detail = "") {
    const FirmId id{builder.add(EntityKind::Firm, name).local};
    builder.set_region(id, {kDadukou, Basis::Stated});
    builder.set(id, EntityNumber::RegisteredCapital, {capital, Basis::Stated});
    Provenance from;
    from.basis = Basis::Inferred;
    from.confidence = confidence;
    EdgeAttributes attributes;
    attributes.detail = detail;
    builder.relate(RelationKind::Makes, id, made, attributes, from);
    return id;
  }
};

}  // namespace liantu::test
