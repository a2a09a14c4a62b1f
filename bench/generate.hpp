#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Input for the benchmarks: the same for the same seed and size everywhere.
namespace liantu::bench {

/// A source of numbers (SplitMix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
  }
  /// A number below `end`.
  [[nodiscard]] std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>(next() % end);
  }

 private:
  std::uint64_t state_;
};

/// Names of products, all different: `高强度铝合金支架`.
[[nodiscard]] inline std::vector<std::string> vocabulary(std::size_t terms) {
  constexpr std::array<std::string_view, 32> kQualities = {
      "高强", "精密", "微型", "环保", "耐热", "智能", "医用", "车用", "船用", "电子", "光学",
      "液压", "气动", "低温", "高频", "柔性", "绝缘", "防爆", "食品", "特种", "复合", "数控",
      "便携", "工业", "农用", "民用", "矿用", "轨道", "航空", "节能", "无菌", "通信"};
  constexpr std::array<std::string_view, 40> kMaterials = {
      "铝合金", "不锈钢", "橡胶", "塑料", "玻璃", "陶瓷", "石英", "碳纤维", "树脂", "硅胶",
      "铜箔",   "钛合金", "镁粉", "聚酯", "尼龙", "薄膜", "纸浆", "棉纱",   "羊毛", "木质",
      "竹制",   "皮革",   "石墨", "锂电", "稀土", "硫酸", "甲醇", "乙烯",   "沥青", "水泥",
      "钢丝",   "铸铁",   "银浆", "锡膏", "磷酸", "氟化", "淀粉", "豆油",   "茶叶", "乳胶"};
  constexpr std::array<std::string_view, 40> kThings = {
      "支架", "阀门", "轴承", "齿轮",   "电机", "泵体", "管道", "电缆",   "开关", "传感器",
      "芯片", "模块", "面板", "连接器", "弹簧", "滤芯", "垫片", "密封圈", "外壳", "螺栓",
      "刀具", "模具", "夹具", "喷嘴",   "风扇", "压机", "炉具", "容器",   "托盘", "导轨",
      "镜片", "探头", "线圈", "磁环",   "滑块", "踏板", "把手", "铰链",   "转子", "叶片"};
  std::vector<std::string> result;
  result.reserve(terms);
  for (std::size_t i = 0; i < terms; ++i) {
    std::string term;
    term += kQualities[i / (kMaterials.size() * kThings.size()) % kQualities.size()];
    term += kMaterials[i / kThings.size() % kMaterials.size()];
    term += kThings[i % kThings.size()];
    result.push_back(std::move(term));
  }
  return result;
}

/// Registered business scopes whose products come from a vocabulary.
[[nodiscard]] inline std::vector<std::string> scopes(std::size_t count,
                                                     const std::vector<std::string>& terms,
                                                     std::uint64_t seed) {
  Dice dice(seed);
  const auto term = [&]() -> const std::string& {
    return terms[dice.below(static_cast<std::uint32_t>(terms.size()))];
  };
  std::vector<std::string> result;
  result.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::string scope = "生产、销售：" + term();
    for (std::uint32_t more = dice.below(4); more > 0; --more) scope += "、" + term();
    scope += "（不含危险化学品）；" + term() + "的研发、技术咨询；批发：" + term() + "、" + term() +
             "；货物进出口、技术进出口（国家限制的除外）。";
    result.push_back(std::move(scope));
  }
  return result;
}

/// A business register as CSV, UTF-8: name, code, address, capital, day of foundation, scope.
[[nodiscard]] inline std::string register_csv(std::size_t rows, std::uint64_t seed) {
  Dice dice(seed);
  const std::vector<std::string> lines = scopes(rows, vocabulary(2000), seed);
  std::string csv = "企业名称,统一社会信用代码,地址,注册资本(万元),成立日期,经营范围\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string number = std::to_string(i);
    csv += "重庆第" + number + "号机械有限公司,Y1500104" + std::to_string(100'000'000 + i) +
           "X,\"重庆市大渡口区示例路" + number + "号, 一楼\"," +
           std::to_string(10 + dice.below(9000)) + "," + std::to_string(1990 + dice.below(34)) +
           "-0" + std::to_string(1 + dice.below(9)) + "-15,\"" + lines[i] + "\"\n";
  }
  return csv;
}

}  // namespace liantu::bench
