"""What readers of results call the columns of ``cells.parquet``, in Korean and English."""

COLUMN_NAMES = {
    "population": ("인구", "population"),
    "elderly": ("65세 이상 인구", "people 65 and over"),
    "youth": ("청년 인구", "people aged 20 to 39"),
    "households": ("가구", "households"),
    "jobs": ("종사자", "jobs"),
    "transit_stops": ("정류장", "stops"),
    "subway_stations": ("지하철역", "subway stations"),
    "buildings": ("건축물", "buildings"),
    "old_buildings": ("노후 건축물", "old buildings"),
    "undated_buildings": ("승인일 미상 건축물", "undated buildings"),
    "floor_area_m2": ("연면적", "floor area"),
    "water_m2": ("수역", "water"),
    "protected_m2": ("보전지역", "protected land"),
    "developable_m2": ("개발 가능 면적", "developable area"),
    "elevation_m": ("표고", "elevation"),
    "slope_deg": ("경사도", "slope"),
}
