"""What follows when a column or layer has no source, in both languages: shown wherever it would have been used."""

from __future__ import annotations

LACKING = {
    "population": (
        "인구 자료가 없어 인구 지표와 확산 모의를 할 수 없습니다.",
        "No population: criteria on people and the diffusion of most services cannot be computed.",
    ),
    "elderly": (
        "고령 인구를 모릅니다. 관련 지표와 서비스가 빠집니다.",
        "People of 65 and over are unknown; what needs them is left out.",
    ),
    "youth": (
        "청년 인구를 모릅니다. 관련 지표와 서비스가 빠집니다.",
        "People of 20 to 39 are unknown; what needs them is left out.",
    ),
    "households": ("가구 수를 모릅니다.", "Households are unknown."),
    "jobs": ("종사자 자료가 없어 일자리 지표가 빠집니다.", "Jobs are unknown; criteria on jobs are left out."),
    "transit_stops": ("정류장 수 자료가 없습니다.", "Public transport stops are not counted by any table."),
    "subway_stations": ("지하철역 수 자료가 없습니다.", "Subway stations are not counted by any table."),
    "buildings": (
        "건물 자료가 없어 노후도 등 건물 지표가 빠지고, 인구는 건물이 아닌 기준으로 배분했습니다.",
        "No buildings: criteria on them are left out, and people are laid on cells by other weights.",
    ),
    "old_buildings": (
        "사용승인일이 없어 노후건축물 비율을 계산할 수 없습니다.",
        "No days of approval: the share of old buildings is unknown.",
    ),
    "floor_area_m2": ("건물 연면적을 모릅니다.", "Floor area of buildings is unknown."),
    "water_m2": (
        "수역 자료가 없어 물에 잠긴 면적을 모릅니다.",
        "No water areas: how much of a cell is water is unknown.",
    ),
    "open_coast": (
        "해안선이 자료 안에서 끊겨 바다의 범위를 알 수 없으므로, 물에 잠긴 면적을 모릅니다.",
        "The mapped coastline breaks off inside the region, so the sea's extent, and with it the water, is unknown.",
    ),
    "protected_m2": (
        "보호구역 자료가 없어 배제 조건을 판정하지 못합니다.",
        "No protected land: its veto cannot be judged.",
    ),
    "slope_deg": ("표고 자료가 없어 경사도를 모릅니다.", "No DEM: slope and height are unknown."),
    "developable_m2": (
        "표고, 수역, 보호구역 자료가 모두 있어야 개발 가능 면적을 알 수 있습니다.",
        "Developable area is known only with terrain, water and protected land together.",
    ),
    "streets": (
        "도로 자료가 없어 직선거리에 우회계수 {circuity:g}를 곱한 값으로 통행시간을 추정했습니다.",
        "No streets: travel times are straight lines times a circuity of {circuity:g}.",
    ),
    "history": (
        "연도별 인구·사업체 자료가 없어 쇠퇴 요건을 판단할 수 없습니다.",
        "No yearly people or businesses: the decline rule cannot be judged.",
    ),
    "parcels": (
        "필지 자료가 없어 토지 가격과 국공유지 비율은 제안서에 적힌 값만 압니다.",
        "No parcels: land price and the share of public land are known only where a proposal says them.",
    ),
    "zoning": (
        "용도지역 자료가 없어 토지이용 규제를 반영하지 못합니다.",
        "No zoning: what may be built is unknown.",
    ),
}
