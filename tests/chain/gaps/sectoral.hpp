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

/// Makers of cars work up tyres, hoses and seals, makers of motorcycles tyres of cycles and hoses.
struct Rubber : Sectoral {
  SegmentId rubber = sector("橡胶制品", "C291");
  SegmentId cars = sector("汽车整车", "C361");
  SegmentId cycles = sector("其他交通运输设备", "C375");
  FirmId car_maker{0};
  FirmId cycle_maker{0};

  explicit Rubber(double car_capital = 3e8, double cycle_capital = 1.2e8) {
    for (const SegmentId one : {cars, cycles}) needs(one, rubber, 0.2);
    car_maker = firm("甲汽车厂", car_capital, cars, 0.8F, "C361 汽车整车制造: 汽车");
    cycle_maker = firm("乙摩托车厂", cycle_capital, cycles, 0.8F, "C375 摩托车制造: 摩托车");
  }
};

}  // namespace liantu::test
